/* Between the source of a chapter (clean HTML with {{ references }}, as the text area and the server hold it) and the
   editor's document. What the server lets through survives the way in and out. */
import { DOMParser as Laeser, DOMSerializer } from "@tiptap/pm/model";

const MOENSTER = /\{\{\s*([a-z0-9_.:-]+)\s*(?:\|\s*([a-z0-9_]+)\s*)?\}\}/g;
const BLOK = /^(figur|tabel|liste):/;
const BEHOLDERE = "aside, ul, ol, table, thead, tbody, tr, blockquote, figure";
const TOMME = "p, h2, h3, h4, li, ul, ol, figcaption, caption, aside, blockquote";
const FYLD = "img, br, [data-henvisning], [data-blok], table";

/* A document that runs nothing and loads nothing. Style sheets go, and attributes of style and script get another
   name: a browser applies the page's security policy to them even here, and reports each one. */
export function dvale(html) {
  let uden = html.replace(/<style\b[\s\S]*?<\/style\s*>/gi, "");
  for (let foer = null; foer !== uden; ) {
    foer = uden;
    uden = uden
      .replace(/(<[a-z][^>]*?\s)style(\s*=)/gi, "$1data-stil$2")
      .replace(/(<[a-z][^>]*?\s)on[a-z]+(\s*=)/gi, "$1data-haendelse$2");
  }
  return new window.DOMParser().parseFromString(`<body>${uden}`, "text/html");
}

export const klammer = (henvisning) => `{{ ${henvisning} }}`;
export const erBlok = (noegle) => BLOK.test(noegle);
export const erNote = (noegle) => noegle.startsWith("note:");

/* References in the texts below `rod` become elements the schema knows; a block takes its paragraph's place. */
export function findHenvisninger(rod) {
  const dokument = rod.ownerDocument;
  const gaar = dokument.createTreeWalker(rod, window.NodeFilter.SHOW_TEXT);
  const tekster = [];
  while (gaar.nextNode()) if (gaar.currentNode.data.includes("{{")) tekster.push(gaar.currentNode);
  tekster.forEach((tekst) => {
    if (tekst.parentElement.closest("[data-henvisning], [data-blok]")) return;
    const dele = [];
    let slut = 0;
    for (const fund of tekst.data.matchAll(MOENSTER)) {
      const noegle = fund[2] ? `${fund[1]}|${fund[2]}` : fund[1];
      const eget = tekst.parentElement.matches("p") && tekst.parentElement.textContent.trim() === fund[0];
      if (erBlok(noegle) && !eget) continue;
      const element = dokument.createElement(erBlok(noegle) ? "div" : "span");
      element.dataset[erBlok(noegle) ? "blok" : "henvisning"] = noegle;
      dele.push(tekst.data.slice(slut, fund.index), element);
      slut = fund.index + fund[0].length;
    }
    tekst.replaceWith(...dele, tekst.data.slice(slut));
  });
  rod.querySelectorAll("p > [data-blok]").forEach((blok) => blok.parentElement.replaceWith(blok));
  return rod;
}

export function laesKilde(html, schema) {
  return Laeser.fromSchema(schema).parse(findHenvisninger(dvale(html).body));
}

export function skrivKilde(doc, schema) {
  const dokument = document.implementation.createHTMLDocument("");
  const rod = dokument.createElement("div");
  rod.append(DOMSerializer.fromSchema(schema).serializeFragment(doc.content, { document: dokument }));
  const alle = (vaelger) => Array.from(rod.querySelectorAll(vaelger));

  alle("table").forEach(opstilTabel);
  alle("li").forEach((punkt) => {
    const boern = Array.from(punkt.children);
    if (boern.slice(1).every((barn) => barn.matches("ul, ol"))) pakUd(boern[0]);
  });
  alle("td, th").forEach((celle) => celle.children.length === 1 && pakUd(celle.firstElementChild));
  alle("[role]").forEach((element) => element.removeAttribute("role"));
  // From the inside out, so that a list of nothing but empty items goes too.
  alle(TOMME)
    .reverse()
    .forEach((element) => !element.textContent.trim() && !element.querySelector(FYLD) && element.remove());
  alle("[data-blok]").forEach((blok) => {
    const afsnit = dokument.createElement("p");
    afsnit.textContent = klammer(blok.dataset.blok);
    blok.replaceWith(afsnit);
  });
  alle("[data-henvisning]").forEach((tal) => tal.replaceWith(klammer(tal.dataset.henvisning)));
  alle(BEHOLDERE).forEach((beholder) => {
    Array.from(beholder.children).forEach((barn) => barn.before("\n"));
    beholder.append("\n");
  });
  alle("li > ul, li > ol").forEach((liste) => liste.before("\n"));
  return Array.from(rod.children, (blok) => blok.outerHTML).join("\n");
}

function pakUd(afsnit) {
  if (afsnit?.matches("p:not([class])")) afsnit.replaceWith(...afsnit.childNodes);
}

/* Head, scope and caption, which the editor's table has no room for. */
function opstilTabel(tabel) {
  const dokument = tabel.ownerDocument;
  const krop = tabel.querySelector(":scope > tbody");
  const hoved = dokument.createElement("thead");
  const celler = (raekke) => Array.from(raekke.children);
  const erHoved = (raekke) => raekke && celler(raekke).every((celle) => celle.matches("th:not([scope=row])"));
  while (erHoved(krop.firstElementChild)) hoved.append(krop.firstElementChild);
  if (hoved.children.length) krop.before(hoved);
  if (!krop.children.length) krop.remove();
  tabel.querySelectorAll("th:not([scope])").forEach((celle) => {
    celle.setAttribute("scope", celle.closest("thead") ? "col" : "row");
  });
  const tekst = tabel.dataset.tabeltekst;
  tabel.removeAttribute("data-tabeltekst");
  if (!tekst) return;
  const overskrift = dokument.createElement("caption");
  overskrift.append(...dvale(tekst).body.childNodes);
  tabel.prepend(overskrift);
}
