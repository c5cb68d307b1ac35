/* What comes from Word (and from mail and other pages) made plain before the editor reads it: its lists become lists,
   its headings our headings, the table's first row its head; styles, comments and pictures on disk fall away. */
import { dvale, findHenvisninger } from "./kilde.js";

const VAEK = [
  "style, script, meta, link, title, xml, del, object, embed, iframe, .MsoCommentReference",
  "[data-stil*='mso-element:comment-list'], [data-stil*='mso-hide:all'], [data-stil*='display:none']",
  "[data-stil*='mso-element:header'], [data-stil*='mso-element:footer']",
].join(", ");
const NUMMERERET = /^\(?(\d+|[a-zæøå]|[ivxlc]+)[.)]/i;
const AFSNIT = "p, h1, h2, h3, h4, h5, h6";

export function rensIndsat(html) {
  const rod = dvale(html).body;
  if (!html.includes("data-pm-slice")) {
    fjern(rod);
    overskrifter(rod);
    lister(rod);
    rod.querySelectorAll("table").forEach(tabel);
    tegn(rod);
    rod.querySelectorAll(AFSNIT).forEach((afsnit) => {
      if (!afsnit.textContent.trim() && !afsnit.querySelector("br, [data-henvisning]")) afsnit.remove();
    });
    rod.querySelectorAll("[class]:not([data-pm-slice])").forEach(kunEgneKlasser);
  }
  return findHenvisninger(rod).innerHTML;
}

const stil = (element) => element.dataset?.stil || "";
const pakUd = (element) => element.replaceWith(...element.childNodes);

function omdoeb(element, navn) {
  const nyt = element.ownerDocument.createElement(navn);
  nyt.append(...element.childNodes);
  Array.from(element.attributes).forEach(({ name, value }) => nyt.setAttribute(name, value));
  element.replaceWith(nyt);
  return nyt;
}

function fjern(rod) {
  const gaar = rod.ownerDocument.createTreeWalker(rod, window.NodeFilter.SHOW_COMMENT);
  const bemaerkninger = [];
  while (gaar.nextNode()) bemaerkninger.push(gaar.currentNode);
  bemaerkninger.forEach((bemaerkning) => bemaerkning.remove());
  // Footnotes live on as sources below the text; their marks pointed into the document that was left.
  rod.querySelectorAll("[data-stil*='mso-element:footnote-list'] p").forEach((note) => (note.className = "kilde"));
  rod.querySelectorAll(".MsoFootnoteReference, [data-stil*='mso-footnote-id']").forEach((tegn) => tegn.remove());
  rod.querySelectorAll(VAEK).forEach((element) => element.remove());
  rod.querySelectorAll("img:not([data-billede])").forEach((billede) => billede.remove());
  // o:p, w:sdt, v:shape ...
  Array.from(rod.querySelectorAll("*"))
    .filter((element) => element.localName.includes(":"))
    .forEach((element) => (element.localName.startsWith("v:") ? element.remove() : pakUd(element)));
  rod.querySelectorAll("ins").forEach(pakUd);
  rod.querySelectorAll("a:not([href]), a[href^='#'], a[href^='file:'], a[href='']").forEach(pakUd);
}

/* The chapter's title is the page's first heading, so those of the pasted text begin one level below. */
function overskrifter(rod) {
  rod.querySelectorAll("p").forEach((afsnit) => {
    const niveau = stil(afsnit).match(/mso-outline-level:\s*([1-6])/);
    if (niveau) omdoeb(afsnit, `h${niveau[1]}`);
    else if (afsnit.matches(".MsoTitle")) omdoeb(afsnit, "h1");
    else if (afsnit.matches(".MsoQuote, .MsoIntenseQuote")) {
      const citat = rod.ownerDocument.createElement("blockquote");
      afsnit.replaceWith(citat);
      citat.append(afsnit);
    }
  });
  const trin = rod.querySelector("h1") ? 1 : 0;
  rod.querySelectorAll("h1, h2, h3, h4, h5, h6").forEach((overskrift) => {
    const ny = omdoeb(overskrift, `h${Math.min(Number(overskrift.localName[1]) + trin, 4)}`);
    ny.querySelectorAll("b, strong, u").forEach(pakUd);
  });
}

/* Word writes a list as paragraphs with a bullet or number in front, and the level in the style. */
function lister(rod) {
  let aabne = [];
  let sidste = null;
  Array.from(rod.querySelectorAll("p")).forEach((afsnit) => {
    const fund = stil(afsnit).match(/mso-list:\s*l\d+\s+level(\d+)/);
    const tegn = afsnit.querySelector("[data-stil*='mso-list:Ignore'], [data-stil*='mso-list: Ignore']");
    const maerke = tegn?.textContent.trim() || "";
    tegn?.remove();
    if (!fund) return;
    if (sidste === null || sidste.nextElementSibling !== afsnit || nogetImellem(sidste, afsnit)) aabne = [];
    const niveau = Number(fund[1]);
    const navn = NUMMERERET.test(maerke) ? "ol" : "ul";
    while (aabne.length && aabne.at(-1).niveau > niveau) aabne.pop();
    if (aabne.at(-1)?.niveau === niveau && aabne.at(-1).liste.localName !== navn) aabne.pop();
    if (aabne.at(-1)?.niveau !== niveau) {
      const liste = rod.ownerDocument.createElement(navn);
      const over = aabne.at(-1)?.liste.lastElementChild;
      if (over) over.append(liste);
      else afsnit.before(liste);
      aabne.push({ niveau, liste });
    }
    const punkt = rod.ownerDocument.createElement("li");
    aabne.at(-1).liste.append(punkt);
    afsnit.removeAttribute("data-stil");
    punkt.append(afsnit);
    // The next paragraph stands after the outermost list.
    sidste = aabne[0].liste;
  });
  rod.querySelectorAll("[data-stil*='mso-list:Ignore']").forEach((tegn) => tegn.remove());
  // A list that stands in a list beside its items belongs to the item before it.
  rod.querySelectorAll("ul > ul, ul > ol, ol > ul, ol > ol").forEach((liste) => {
    liste.previousElementSibling?.append(liste);
  });
}

function nogetImellem(foer, efter) {
  for (let knude = foer.nextSibling; knude && knude !== efter; knude = knude.nextSibling) {
    if (knude.textContent.trim()) return true;
  }
  return false;
}

const ord = (element) => element.textContent.replace(/\s/g, "");

function erFed(celle) {
  const fede = Array.from(celle.querySelectorAll("b, strong")).filter((b) => !b.parentElement.closest("b, strong"));
  return ord(celle) === fede.map(ord).join("");
}

function tabel(element) {
  const raekker = Array.from(element.rows);
  const celler = (raekke) => Array.from(raekke.cells);
  const foerste = raekker[0];
  if (!foerste) return;
  const hoved = raekker.filter((raekke) => raekke.closest("thead"));
  const fed = raekker.length > 1 && ord(foerste) && celler(foerste).every(erFed);
  if (!hoved.length && fed) hoved.push(foerste);
  hoved.flatMap(celler).forEach((celle) => {
    const ny = celle.localName === "td" ? omdoeb(celle, "th") : celle;
    ny.querySelectorAll("b, strong").forEach(pakUd);
  });
  raekker.flatMap(celler).forEach((celle) => {
    const afsnit = Array.from(celle.querySelectorAll("p"));
    const hoejre = (del) => del.align === "right" || /text-align:\s*right/.test(stil(del));
    if (afsnit.length ? afsnit.every(hoejre) : hoejre(celle)) celle.className = "tal";
    else celle.removeAttribute("class");
  });
  [element.previousElementSibling, element.nextElementSibling]
    .filter((nabo) => nabo?.matches("p.MsoCaption"))
    .slice(0, 1)
    .forEach((tekst) => element.prepend(omdoeb(tekst, "caption")));
}

/* Bold, italic, raised and lowered letters that are said by style only; no underlining, no fonts. */
function tegn(rod) {
  rod.querySelectorAll("b, strong, i, em").forEach((element) => {
    if (/font-(weight|style):\s*normal/.test(stil(element))) pakUd(element);
  });
  rod.querySelectorAll("span, font").forEach((element) => {
    const udtryk = stil(element);
    const navne = [
      [/font-weight:\s*(bold|[6-9]00)/, "strong"],
      [/font-style:\s*italic/, "em"],
      [/vertical-align:\s*super/, "sup"],
      [/vertical-align:\s*sub(?!per)/, "sub"],
    ].filter(([moenster]) => moenster.test(udtryk));
    navne.forEach(([, navn]) => {
      const maerke = rod.ownerDocument.createElement(navn);
      maerke.append(...element.childNodes);
      element.append(maerke);
    });
    if (!element.matches("[data-henvisning]")) pakUd(element);
  });
  const gaar = rod.ownerDocument.createTreeWalker(rod, window.NodeFilter.SHOW_TEXT);
  while (gaar.nextNode()) {
    const tekst = gaar.currentNode;
    // Indents of no-break spaces are layout; one that binds two words stays.
    tekst.data = tekst.data.replace(/[ \n\t]*\u00a0[\u00a0 \n\t]+|[ \n\t]+\u00a0/g, " ");
  }
  rod.normalize();
}

function kunEgneKlasser(element) {
  const behold = { P: ["kilde", "boks-titel"], TD: ["tal"], TH: ["tal"] }[element.tagName] || [];
  const klasser = element.matches("aside.boks") ? [element.className] : behold.filter((k) => element.classList.contains(k));
  if (klasser.length) element.className = klasser.join(" ");
  else element.removeAttribute("class");
}
