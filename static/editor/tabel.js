/* Tables as the agreement prints them: a caption, head cells, columns of figures; no widths. */
import { Table, TableCell, TableHeader, TableRow } from "@tiptap/extension-table";

const span = (navn) => ({
  default: 1,
  parseHTML: (element) => Number(element.getAttribute(navn)) || 1,
  renderHTML: (attributter) => (attributter[navn] > 1 ? { [navn]: attributter[navn] } : {}),
});

const celleattributter = () => ({
  colspan: span("colspan"),
  rowspan: span("rowspan"),
  // prosemirror-tables asks for it.
  colwidth: { default: null, rendered: false },
  tal: {
    default: false,
    parseHTML: (element) => element.classList.contains("tal"),
    renderHTML: ({ tal }) => (tal ? { class: "tal" } : {}),
  },
});

const Celle = TableCell.extend({ addAttributes: celleattributter });
const Hovedcelle = TableHeader.extend({
  addAttributes: () => ({
    ...celleattributter(),
    scope: { default: null, parseHTML: (element) => element.getAttribute("scope") },
  }),
});

const Tabel = Table.extend({
  addAttributes: () => ({
    tabeltekst: {
      default: "",
      parseHTML: (element) => element.querySelector(":scope > caption")?.innerHTML.trim() || "",
      renderHTML: ({ tabeltekst }) => (tabeltekst ? { "data-tabeltekst": tabeltekst } : {}),
    },
  }),
  parseHTML: () => [{ tag: "table" }, { tag: "caption", ignore: true }],
  renderHTML: ({ HTMLAttributes }) => ["table", HTMLAttributes, ["tbody", 0]],
  addNodeView() {
    return ({ node }) => {
      const ramme = document.createElement("div");
      ramme.className = "skriv-tabel";
      const tabel = ramme.appendChild(document.createElement("table"));
      tabel.className = "table table--compact teksttabel";
      const overskrift = tabel.appendChild(document.createElement("caption"));
      overskrift.contentEditable = "false";
      const krop = tabel.appendChild(document.createElement("tbody"));
      const vis = ({ attrs }) => {
        overskrift.textContent = renTekst(attrs.tabeltekst);
        overskrift.hidden = !attrs.tabeltekst;
      };
      vis(node);
      return {
        dom: ramme,
        contentDOM: krop,
        update(ny) {
          if (ny.type.name !== "table") return false;
          vis(ny);
          return true;
        },
        ignoreMutation: (aendring) => aendring.type !== "selection" && !krop.contains(aendring.target),
      };
    };
  },
});

export function renTekst(html) {
  const skabelon = document.createElement("template");
  skabelon.innerHTML = html.replace(/<[^>]*>/g, "");
  return skabelon.content.textContent;
}

export function escapet(tekst) {
  const element = document.createElement("span");
  element.textContent = tekst;
  return element.innerHTML;
}

export const tabeller = [Tabel.configure({ resizable: false }), TableRow, Celle, Hovedcelle];
