/* A block as the reader sees it, for looking at only: nothing in it runs, loads, takes focus or has the page's ids. */
import { dvale } from "./kilde.js";

const VAEK = "script, style, link, meta, base, iframe, object, embed, form, input, button, select, textarea, template";
const HENVISER = ["aria-labelledby", "aria-describedby", "aria-controls", "for", "headers"];

export function visning(html, praefiks) {
  const rod = dvale(html).body;
  rod.querySelectorAll(VAEK).forEach((element) => element.remove());
  rod.querySelectorAll("*").forEach((element) => {
    Array.from(element.attributes).forEach(({ name, value }) => {
      const navn = name.toLowerCase();
      if (navn === "id") element.id = praefiks + value;
      else if (HENVISER.includes(navn)) {
        element.setAttribute(name, value.split(/\s+/).map((id) => praefiks + id).join(" "));
      } else if (navn === "href" || navn === "xlink:href") {
        // A drawing may use a part of itself; every other address goes.
        if (value.startsWith("#") && element.localName !== "a") element.setAttribute(name, `#${praefiks}${value.slice(1)}`);
        else element.removeAttribute(name);
      } else if (navn.startsWith("on") || ["tabindex", "src", "srcset", "target", "autofocus"].includes(navn)) {
        element.removeAttribute(name);
      } else if (value.includes("url(#")) element.setAttribute(name, value.replace(/url\(#/g, `url(#${praefiks}`));
    });
  });
  const ramme = document.createElement("div");
  ramme.className = "skriv-blok-visning";
  ramme.inert = true;
  ramme.append(...Array.from(rod.childNodes, (barn) => document.importNode(barn, true)));
  return ramme;
}
