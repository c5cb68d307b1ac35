/* What a chapter is made of, besides tables: paragraphs, headings, lists, boxes, images, live figures and blocks. */
import { Mark, Node, nodePasteRule } from "@tiptap/core";
import { Blockquote } from "@tiptap/extension-blockquote";
import { Bold } from "@tiptap/extension-bold";
import { Document } from "@tiptap/extension-document";
import { HardBreak } from "@tiptap/extension-hard-break";
import { Heading } from "@tiptap/extension-heading";
import { Italic } from "@tiptap/extension-italic";
import { Link } from "@tiptap/extension-link";
import { BulletList, ListItem, ListKeymap, OrderedList } from "@tiptap/extension-list";
import { Paragraph } from "@tiptap/extension-paragraph";
import { Text } from "@tiptap/extension-text";
import { Dropcursor, Gapcursor, TrailingNode, UndoRedo } from "@tiptap/extensions";

import { erBlok, erNote, klammer } from "./kilde.js";
import { tabeller } from "./tabel.js";
import { visning } from "./visning.js";

const AFSNITSKLASSER = ["boks-titel", "kilde"];
const HENVISNING = /\{\{\s*([a-z0-9_.:-]+(?:\s*\|\s*[a-z0-9_]+)?)\s*\}\}/g;

const Afsnit = Paragraph.extend({
  addAttributes: () => ({
    klasse: {
      default: null,
      keepOnSplit: false,
      parseHTML: (element) => AFSNITSKLASSER.find((klasse) => element.classList.contains(klasse)) || null,
      renderHTML: ({ klasse }) => (klasse ? { class: klasse } : {}),
    },
  }),
});

const lilleMaerke = (name, tag) =>
  Mark.create({ name, excludes: "haevet saenket", parseHTML: () => [{ tag }], renderHTML: () => [tag, 0] });

/* The server's own rule: http(s), mail, and places on our own pages. */
export function tilladtAdresse(adresse) {
  try {
    return ["http:", "https:", "mailto:"].includes(new URL(adresse, window.location.href).protocol);
  } catch {
    return false;
  }
}

const Henvisningslink = Link.extend({
  addAttributes: () => ({ href: { default: null } }),
  inclusive: false,
}).configure({
  openOnClick: false,
  autolink: false,
  linkOnPaste: true,
  defaultProtocol: "https",
  HTMLAttributes: { target: null, rel: null, class: null },
  isAllowedUri: (adresse) => tilladtAdresse(adresse),
});

const Boks = Node.create({
  name: "boks",
  group: "block",
  content: "(paragraph | heading | bulletList | orderedList | blockquote | table | blok | billede)+",
  defining: true,
  addAttributes: () => ({
    klasse: {
      default: "boks boks-fakta",
      parseHTML: (element) => element.getAttribute("class") || "boks",
      renderHTML: ({ klasse }) => ({ class: klasse }),
    },
  }),
  parseHTML: () => [{ tag: "aside" }],
  // A note to the text and no landmark of the page.
  renderHTML: ({ HTMLAttributes }) => ["aside", { ...HTMLAttributes, role: "note" }, 0],
});

function knude(tag, klasse) {
  const element = document.createElement(tag);
  element.className = klasse;
  element.contentEditable = "false";
  return element;
}

/* A figure or a footnote in the text, shown as the reader will see it. `lager` knows what references stand for. */
const talknude = (lager) =>
  Node.create({
    name: "henvisning",
    group: "inline",
    inline: true,
    atom: true,
    selectable: true,
    addAttributes: () => ({
      noegle: {
        default: "",
        parseHTML: (element) => element.dataset.henvisning,
        renderHTML: ({ noegle }) => ({ "data-henvisning": noegle }),
      },
    }),
    parseHTML: () => [{ tag: "span[data-henvisning]" }],
    renderHTML: ({ node, HTMLAttributes }) => ["span", HTMLAttributes, lager.tekst(node.attrs.noegle)],
    renderText: ({ node }) => klammer(node.attrs.noegle),
    addPasteRules() {
      return [
        nodePasteRule({
          find: HENVISNING,
          type: this.type,
          getAttributes: (fund) => (erBlok(fund[1]) ? false : { noegle: fund[1].replace(/\s/g, "") }),
        }),
      ];
    },
    addNodeView() {
      return ({ node }) => {
        const note = erNote(node.attrs.noegle);
        const dom = knude(note ? "sup" : "span", note ? "skriv-note" : "skriv-tal");
        const vis = () => {
          dom.textContent = lager.tekst(node.attrs.noegle);
          dom.title = lager.titel(node.attrs.noegle);
          dom.classList.toggle("skriv-ukendt", lager.erUkendt(node.attrs.noegle));
          dom.classList.toggle("skriv-gammelt", Boolean(lager.slaaOp(node.attrs.noegle)?.tal?.advarsel));
          dom.classList.toggle("skriv-venter", lager.venter(node.attrs.noegle));
        };
        const afmeld = lager.foelg(node.attrs.noegle, vis);
        return {
          dom,
          update: (ny) => ny.type.name === "henvisning" && ny.attrs.noegle === node.attrs.noegle,
          ignoreMutation: () => true,
          destroy: afmeld,
        };
      };
    },
  });

let bloknummer = 0;

/* A list, table or drawing that the registers fill in: it stands alone, with its name above what the reader sees. */
const blokknude = (lager) =>
  Node.create({
    name: "blok",
    group: "block",
    atom: true,
    selectable: true,
    draggable: true,
    addAttributes: () => ({
      noegle: {
        default: "",
        parseHTML: (element) => element.dataset.blok,
        renderHTML: ({ noegle }) => ({ "data-blok": noegle }),
      },
    }),
    parseHTML: () => [{ tag: "div[data-blok]" }],
    renderHTML: ({ node, HTMLAttributes }) => ["div", HTMLAttributes, klammer(node.attrs.noegle)],
    renderText: ({ node }) => klammer(node.attrs.noegle),
    addNodeView() {
      return ({ node }) => {
        const dom = knude("div", "skriv-blok");
        dom.setAttribute("role", "group");
        const navn = dom.appendChild(document.createElement("strong"));
        const noegle = dom.appendChild(document.createElement("span"));
        const praefiks = `skriv-blok-${++bloknummer}-`;
        let knap = null;
        let spurgt = false;
        const fold = (billede, aaben) => {
          billede.hidden = !aaben;
          knap.setAttribute("aria-expanded", String(aaben));
          knap.textContent = aaben ? "Skjul" : "Vis";
        };
        const hent = async () => {
          spurgt = true;
          const svar = await lager.hentBlok(node.attrs.noegle);
          if (svar?.mangler) noegle.textContent = svar.mangler;
          if (!svar?.html) return;
          const billede = visning(svar.html, praefiks);
          knap = document.createElement("button");
          knap.type = "button";
          knap.className = "skriv-blok-knap";
          knap.setAttribute("aria-label", `Vis ${lager.navn(node.attrs.noegle)}`);
          knap.addEventListener("click", () => fold(billede, billede.hidden));
          dom.append(knap, billede);
          fold(billede, true);
        };
        const vis = () => {
          const ukendt = lager.erUkendt(node.attrs.noegle);
          navn.textContent = lager.navn(node.attrs.noegle);
          dom.classList.toggle("skriv-ukendt", ukendt);
          noegle.textContent = ukendt ? `${node.attrs.noegle} findes ikke` : "Udfyldes fra registrene";
          dom.setAttribute("aria-label", `${navn.textContent}. ${noegle.textContent}`);
          if (!spurgt && lager.slaaOp(node.attrs.noegle)?.kendt) hent();
        };
        const afmeld = lager.foelg(node.attrs.noegle, vis);
        return {
          dom,
          update: (ny) => ny.type.name === "blok" && ny.attrs.noegle === node.attrs.noegle,
          // The button is pressed, not the block chosen.
          stopEvent: (haendelse) => Boolean(haendelse.target.closest?.(".skriv-blok-knap")),
          ignoreMutation: () => true,
          destroy: afmeld,
        };
      };
    },
  });

const billedknude = (adresse) =>
  Node.create({
    name: "billede",
    group: "block",
    content: "inline*",
    isolating: true,
    addAttributes: () => ({
      nummer: { default: null, rendered: false },
      alt: { default: "", rendered: false },
    }),
    parseHTML() {
      const fra = (img) =>
        /^\d+$/.test(img?.dataset.billede || "") && { nummer: img.dataset.billede, alt: img.getAttribute("alt") || "" };
      return [
        {
          tag: "figure",
          getAttrs: (element) => fra(element.querySelector("img")),
          contentElement: (element) =>
            element.querySelector("figcaption") || element.ownerDocument.createElement("figcaption"),
        },
        { tag: "img[data-billede]", getAttrs: fra },
      ];
    },
    renderHTML: ({ node }) => [
      "figure",
      ["img", { "data-billede": node.attrs.nummer, alt: node.attrs.alt }],
      ["figcaption", 0],
    ],
    addNodeView() {
      return ({ node }) => {
        const dom = document.createElement("figure");
        dom.className = "skriv-billede";
        const img = dom.appendChild(document.createElement("img"));
        const tekst = dom.appendChild(document.createElement("figcaption"));
        const vis = ({ attrs, content }) => {
          const src = adresse(attrs.nummer);
          if (img.getAttribute("src") !== src) img.src = src;
          img.alt = attrs.alt;
          tekst.toggleAttribute("data-tom", content.size === 0);
        };
        vis(node);
        return {
          dom,
          contentDOM: tekst,
          update(ny) {
            if (ny.type.name !== "billede") return false;
            vis(ny);
            return true;
          },
          ignoreMutation: (aendring) => aendring.type !== "selection" && !tekst.contains(aendring.target),
        };
      };
    },
  });

export const udvidelser = (lager, billedadresse) => [
  Document,
  Text,
  Afsnit,
  Heading.configure({ levels: [2, 3, 4] }),
  Bold,
  Italic,
  lilleMaerke("haevet", "sup"),
  lilleMaerke("saenket", "sub"),
  Henvisningslink,
  Blockquote,
  BulletList,
  OrderedList,
  ListItem,
  ListKeymap,
  HardBreak,
  Boks,
  talknude(lager),
  blokknude(lager),
  billedknude(billedadresse),
  ...tabeller,
  UndoRedo,
  Gapcursor,
  Dropcursor,
  TrailingNode,
];
