/* The row of buttons: a toolbar with one stop for the Tab key and arrows between the buttons. */
import { element } from "./dialog.js";

const SVG = "http://www.w3.org/2000/svg";

function ikon(sprite, navn) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon-svg");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  const brug = document.createElementNS(SVG, "use");
  brug.setAttribute("href", `${sprite}#${navn}`);
  svg.append(brug);
  return svg;
}

const overskrift = (level, tekst) => ({
  navn: `${tekst} (niveau ${level - 1})`,
  tekst,
  genvej: `Ctrl+Skift+${level}`,
  er: ["heading", { level }],
  goer: (kaede) => kaede.toggleHeading({ level }),
});

const grupper = (handlinger) => [
  {
    navn: "Fortryd",
    knapper: [
      { navn: "Fortryd", ikon: "reply", genvej: "Ctrl+Z", kan: "undo", goer: (kaede) => kaede.undo() },
      { navn: "Gentag", ikon: "forward", genvej: "Ctrl+Y", kan: "redo", goer: (kaede) => kaede.redo() },
    ],
  },
  { navn: "Overskrifter", knapper: [overskrift(2, "Overskrift"), overskrift(3, "Underoverskrift"), overskrift(4, "Lille overskrift")] },
  {
    navn: "Tegn",
    knapper: [
      { navn: "Fed", ikon: "format-bold", genvej: "Ctrl+B", er: ["bold"], goer: (kaede) => kaede.toggleBold() },
      { navn: "Kursiv", ikon: "format-italic", genvej: "Ctrl+I", er: ["italic"], goer: (kaede) => kaede.toggleItalic() },
      { navn: "Link", ikon: "link", genvej: "Ctrl+K", er: ["link"], vindue: handlinger.link },
    ],
  },
  {
    navn: "Afsnit",
    knapper: [
      {
        navn: "Punktliste",
        ikon: "format-list-bulleted",
        genvej: "Ctrl+Skift+8",
        er: ["bulletList"],
        goer: (kaede) => kaede.toggleBulletList(),
      },
      {
        navn: "Nummereret liste",
        ikon: "format-list-numbered",
        genvej: "Ctrl+Skift+7",
        er: ["orderedList"],
        goer: (kaede) => kaede.toggleOrderedList(),
      },
      { navn: "Citat", tekst: "Citat", genvej: "Ctrl+Skift+B", er: ["blockquote"], goer: (kaede) => kaede.toggleBlockquote() },
      { navn: "Boks", tekst: "Boks", er: ["boks"], vindue: handlinger.boks },
    ],
  },
  {
    navn: "Indsæt",
    knapper: [
      { navn: "Indsæt tal", tekst: "Tal", ikon: "database", genvej: "Ctrl+Skift+L", vindue: handlinger.indsaetTal },
      { navn: "Indsæt fodnote", tekst: "Fodnote", genvej: "Ctrl+Skift+E", vindue: handlinger.indsaetFodnote },
      {
        navn: "Indsæt tabel",
        tekst: "Tabel",
        er: ["table"],
        goer: (kaede, editor) =>
          editor.isActive("table") ? kaede : kaede.insertTable({ rows: 3, cols: 3, withHeaderRow: true }),
      },
      { navn: "Billede", tekst: "Billede", ikon: "file-image", er: ["billede"], vindue: () => handlinger.billede() },
    ],
  },
  {
    navn: "Tabellen",
    naar: "table",
    knapper: [
      { navn: "Ny række over", tekst: "Række over", goer: (kaede) => kaede.addRowBefore() },
      { navn: "Ny række under", tekst: "Række under", goer: (kaede) => kaede.addRowAfter() },
      { navn: "Ny kolonne før", tekst: "Kolonne før", goer: (kaede) => kaede.addColumnBefore() },
      { navn: "Ny kolonne efter", tekst: "Kolonne efter", goer: (kaede) => kaede.addColumnAfter() },
      { navn: "Slet rækken", tekst: "Slet række", goer: (kaede) => kaede.deleteRow() },
      { navn: "Slet kolonnen", tekst: "Slet kolonne", goer: (kaede) => kaede.deleteColumn() },
      { navn: "Øverste række er overskrift", tekst: "Overskriftsrække", goer: (kaede) => kaede.toggleHeaderRow() },
      { navn: "Første kolonne er overskrift", tekst: "Overskriftskolonne", goer: (kaede) => kaede.toggleHeaderColumn() },
      { navn: "Flet eller del celler", tekst: "Flet/del", goer: (kaede) => kaede.mergeOrSplit() },
      { navn: "Højrestil tal i de valgte celler", tekst: "Talceller", vindue: handlinger.talkolonne },
      { navn: "Tabellens overskrift", tekst: "Tabeltekst", vindue: handlinger.tabeltekst },
      { navn: "Slet tabellen", tekst: "Slet tabel", goer: (kaede) => kaede.deleteTable() },
    ],
  },
];

/* `kode` is {vis(pressed)}: the button that shows the source instead. */
export function lavLinje(editor, handlinger, { sprite, styrer, skiftKode }) {
  const linje = element("div", {
    className: "skriv-linje",
    role: "toolbar",
    "aria-label": "Formatering",
    "aria-controls": styrer,
  });
  const opdateringer = [];

  function knap(post) {
    const genvej = post.genvej ? ` (${post.genvej})` : "";
    const el = element("button", {
      type: "button",
      className: "skriv-knap",
      title: `${post.navn}${genvej}`,
      tabIndex: -1,
      "aria-label": post.tekst === post.navn ? null : post.navn,
      "data-navn": post.navn,
      "data-genvej": post.genvej,
      "aria-haspopup": post.vindue && post.vindue !== handlinger.talkolonne ? "dialog" : null,
      "aria-keyshortcuts": post.genvej?.replace("Ctrl", "Control").replace("Skift", "Shift"),
    });
    if (post.ikon) el.append(ikon(sprite, post.ikon));
    if (post.tekst) el.append(element("span", { textContent: post.tekst }));
    el.addEventListener("click", () => {
      if (el.getAttribute("aria-disabled") === "true") return;
      if (post.vindue) post.vindue();
      else post.goer(editor.chain().focus(), editor).run();
    });
    if (post.er) opdateringer.push(() => el.setAttribute("aria-pressed", String(editor.isActive(...post.er))));
    if (post.kan) opdateringer.push(() => el.setAttribute("aria-disabled", String(!editor.can()[post.kan]())));
    return el;
  }

  grupper(handlinger).forEach((gruppe) => {
    const el = element("div", { className: "skriv-gruppe", role: "group", "aria-label": gruppe.navn });
    el.append(...gruppe.knapper.map(knap));
    if (gruppe.naar) opdateringer.push(() => (el.hidden = !editor.isActive(gruppe.naar)));
    linje.append(el);
  });
  const kode = element("button", {
    type: "button",
    className: "skriv-knap",
    textContent: "Vis som kode",
    title: "Vis som kode",
    tabIndex: -1,
    "aria-pressed": "false",
    onclick: () => {
      const vist = skiftKode();
      kode.setAttribute("aria-pressed", String(vist));
      linje.querySelectorAll(".skriv-gruppe:not(.skriv-altid)").forEach((gruppe) => gruppe.classList.toggle("skriv-skjult", vist));
      kode.focus();
    },
  });
  const hjaelp = element("button", {
    type: "button",
    className: "skriv-knap",
    textContent: "Genveje",
    title: "Genveje",
    tabIndex: -1,
    "aria-haspopup": "dialog",
    onclick: handlinger.genveje,
  });
  linje.append(element("div", { className: "skriv-gruppe skriv-altid", role: "group", "aria-label": "Visning" }, kode, hjaelp));

  const synlige = () => Array.from(linje.querySelectorAll("button")).filter((el) => el.checkVisibility());
  function stop(el) {
    linje.querySelectorAll("button").forEach((anden) => (anden.tabIndex = anden === el ? 0 : -1));
  }
  function opdater() {
    opdateringer.forEach((goer) => goer());
    const nu = linje.querySelector("[tabindex='0']");
    if (!nu?.checkVisibility()) stop(synlige()[0]);
  }
  linje.addEventListener("keydown", (haendelse) => {
    const alle = synlige();
    const nu = alle.indexOf(document.activeElement);
    const maal = {
      ArrowRight: alle[(nu + 1) % alle.length],
      ArrowLeft: alle[(nu - 1 + alle.length) % alle.length],
      Home: alle[0],
      End: alle.at(-1),
    }[haendelse.key];
    if (haendelse.key === "Escape") editor.commands.focus();
    if (!maal) return;
    haendelse.preventDefault();
    stop(maal);
    maal.focus();
  });
  linje.addEventListener("focusin", (haendelse) => stop(haendelse.target));
  // The selection in the text stays when a button is pressed with the mouse.
  linje.addEventListener("mousedown", (haendelse) => haendelse.target.closest("button") && haendelse.preventDefault());
  editor.on("transaction", opdater);
  return { linje, opdater, fokus: () => linje.querySelector("[tabindex='0']")?.focus() };
}
