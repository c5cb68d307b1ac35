/* What the buttons and shortcuts do when it takes more than one command: dialogues, boxes, images, figures. */
import { aabn, element, spoerg } from "./dialog.js";
import { tilladtAdresse } from "./knuder.js";
import { escapet, renTekst } from "./tabel.js";
import { vaelgTal, visFakta } from "./taldialog.js";

const BOKSE = [
  ["boks boks-fakta", "Fakta"],
  ["boks boks-vision", "Vision"],
  ["boks boks-definition", "Definition"],
  ["boks boks-liste", "Liste"],
];
const tekstafsnit = (tekst, attrs = {}) => ({
  type: "paragraph",
  attrs,
  content: tekst ? [{ type: "text", text: tekst }] : [],
});

export function lavHandlinger(editor, { data, lager, formular }) {
  const tilbage = () => editor.commands.focus();
  /* Runs when a dialogue has closed and given focus back, so that the selection is the editor's own again. */
  const bagefter = (goer) => {
    tilbage();
    goer();
  };

  function indsaetHenvisninger(noegler) {
    editor
      .chain()
      .focus()
      .insertContent(noegler.map((noegle) => lager.indhold(noegle)))
      .run();
  }

  const vaelg = { adresse: data.skrivTal, nyKilde: data.skrivNyKilde, formular, brug: indsaetHenvisninger, efter: bagefter };
  const indsaetTal = () => vaelgTal(vaelg);
  const indsaetFodnote = () => vaelgTal({ ...vaelg, art: "note" });

  function visHenvisning(pos) {
    const knude = editor.state.doc.nodeAt(pos);
    if (!knude) return;
    const { noegle } = knude.attrs;
    editor.commands.setNodeSelection(pos);
    visFakta(noegle, lager.slaaOp(noegle), {
      talside: data.skrivTalside,
      adresse: data.skrivTal,
      efter: bagefter,
      skift: (ny) => editor.chain().focus().setNodeSelection(pos).updateAttributes(knude.type.name, { noegle: ny }).run(),
      fjern: () => editor.chain().focus().setNodeSelection(pos).deleteSelection().run(),
    });
  }

  function link() {
    const nu = editor.getAttributes("link").href || "";
    const { from, to, empty } = editor.state.selection;
    const felter = { adresse: { navn: "Adresse", hjaelp: "Fx https://www.kl.dk eller navn@kommune.dk", vaerdi: nu } };
    const nyTekst = empty && !nu;
    if (nyTekst) felter.tekst = { navn: "Tekst, læseren ser" };
    let handling = () => {};
    spoerg(
      nu ? "Ret link" : "Indsæt link",
      felter,
      nu ? "Ret" : "Indsæt",
      ({ adresse, tekst }) => {
        if (!adresse) return { adresse: "Skriv adressen" };
        let href = adresse;
        if (/^[^\s@:/]+@[^\s@/]+$/.test(adresse)) href = `mailto:${adresse}`;
        else if (/^(www\.|[\w-]+(\.[\w-]+)*\.[a-zæøå]{2,}(\/|$))/i.test(adresse)) href = `https://${adresse}`;
        if (href.includes("{{")) return { adresse: "Et tal kan ikke stå i en adresse" };
        if (!tilladtAdresse(href)) return { adresse: "Skriv en adresse, der begynder med https:// eller mailto:" };
        handling = () => {
          const kaede = editor.chain().focus();
          if (nyTekst) {
            kaede.insertContent({ type: "text", text: tekst || adresse, marks: [{ type: "link", attrs: { href } }] });
          } else kaede.setTextSelection({ from, to }).extendMarkRange("link").setLink({ href });
          kaede.run();
        };
        return null;
      },
      {
        ekstra: nu
          ? ["Fjern link", () => (handling = () => editor.chain().focus().extendMarkRange("link").unsetLink().run())]
          : null,
        efter: () => window.setTimeout(() => bagefter(handling)),
      },
    );
  }

  function boks() {
    const iBoks = editor.isActive("boks");
    const felter = {
      klasse: { navn: "Slags", valg: BOKSE, vaerdi: iBoks ? editor.getAttributes("boks").klasse : BOKSE[0][0] },
    };
    if (!iBoks) felter.titel = { navn: "Boksens titel (frivilligt)" };
    let handling = () => {};
    spoerg(
      iBoks ? "Ret boks" : "Indsæt boks",
      felter,
      iBoks ? "Ret" : "Indsæt",
      ({ klasse, titel }) => {
        handling = () => (iBoks ? editor.chain().focus().updateAttributes("boks", { klasse }).run() : nyBoks(klasse, titel));
        return null;
      },
      {
        ekstra: iBoks ? ["Fjern boksen, behold teksten", () => (handling = () => fjernBoks())] : null,
        efter: () => window.setTimeout(() => bagefter(handling)),
      },
    );
  }

  function nyBoks(klasse, titel) {
    const { from, to, empty } = editor.state.selection;
    const hoved = titel ? [tekstafsnit(titel, { klasse: "boks-titel" })] : [];
    if (!empty) {
      editor.chain().focus().wrapIn("boks", { klasse }).run();
      if (hoved.length && editor.isActive("boks")) {
        const start = editor.state.doc.resolve(editor.state.selection.from);
        const dybde = Array.from({ length: start.depth + 1 }, (_, d) => d).find((d) => start.node(d).type.name === "boks");
        editor.chain().insertContentAt(start.start(dybde), hoved).run();
      }
      return;
    }
    const tom = tekstafsnit("");
    const krop = {
      "boks boks-vision": [{ type: "blockquote", content: [tom] }],
      "boks boks-liste": [{ type: "bulletList", content: [{ type: "listItem", content: [tom] }] }],
    }[klasse] || [tom];
    const foer = editor.state.doc.content.size;
    editor
      .chain()
      .focus()
      .insertContentAt({ from, to }, { type: "boks", attrs: { klasse }, content: [...hoved, ...krop] })
      .run();
    if (editor.state.doc.content.size === foer) return;
    // Into the box, behind its title: where the writer goes on.
    let maal = null;
    editor.state.doc.descendants((knude, pos) => {
      if (maal === null && pos >= from - 2 && knude.isTextblock && !knude.content.size) maal = pos + 1;
      return maal === null;
    });
    if (maal !== null) editor.chain().setTextSelection(maal).focus().run();
  }

  function fjernBoks() {
    const { $from } = editor.state.selection;
    for (let dybde = $from.depth; dybde > 0; dybde -= 1) {
      if ($from.node(dybde).type.name !== "boks") continue;
      const { tr } = editor.state;
      tr.replaceWith($from.before(dybde), $from.after(dybde), $from.node(dybde).content);
      editor.view.dispatch(tr);
      return;
    }
  }

  function billede(fil = null) {
    if (editor.isActive("billede")) {
      retBillede();
      return;
    }
    const overfoert = new DataTransfer();
    if (fil) overfoert.items.add(fil);
    let handling = () => {};
    spoerg(
      "Indsæt billede",
      {
        fil: {
          navn: "Billede",
          hjaelp: "PNG, JPEG eller WebP, højst 10 MB. Oplysninger om sted og kamera bliver fjernet.",
          type: "file",
          accept: ".png,.jpg,.jpeg,.webp,image/png,image/jpeg,image/webp",
          fil: fil ? overfoert.files : null,
        },
        alt: {
          navn: "Alternativ tekst",
          hjaelp: "Hvad viser billedet? Læses op for dem, der ikke kan se det.",
          laengde: 300,
        },
      },
      "Indsæt",
      async (vaerdier) => {
        const fejl = {};
        if (!vaerdier.fil) fejl.fil = "Vælg et billede";
        if (!vaerdier.alt) fejl.alt = "Beskriv, hvad billedet viser, til dem, der ikke kan se det";
        if (Object.keys(fejl).length) return fejl;
        const indhold = new FormData();
        indhold.set("fil", vaerdier.fil);
        indhold.set("alt", vaerdier.alt);
        try {
          const svar = await window.Vogt.send(data.skrivLaegOp, indhold, formular);
          const json = await svar.json();
          if (json.fejl) return json.fejl;
          handling = () =>
            editor
              .chain()
              .focus()
              .insertContent({ type: "billede", attrs: { nummer: String(json.billede), alt: json.alt } })
              .run();
          return null;
        } catch {
          return { fil: "Billedet blev ikke lagt op. Prøv igen om lidt" };
        }
      },
      { efter: () => window.setTimeout(() => bagefter(handling)) },
    );
  }

  function retBillede() {
    const { alt } = editor.getAttributes("billede");
    let handling = () => {};
    spoerg(
      "Ret billede",
      { alt: { navn: "Alternativ tekst", hjaelp: "Hvad viser billedet?", laengde: 300, vaerdi: alt } },
      "Ret",
      (vaerdier) => {
        if (!vaerdier.alt) return { alt: "Beskriv, hvad billedet viser, til dem, der ikke kan se det" };
        handling = () => editor.chain().focus().updateAttributes("billede", { alt: vaerdier.alt }).run();
        return null;
      },
      {
        ekstra: ["Fjern billedet", () => (handling = () => editor.chain().focus().deleteNode("billede").run())],
        efter: () => window.setTimeout(() => bagefter(handling)),
      },
    );
  }

  function tabeltekst() {
    const nu = renTekst(editor.getAttributes("table").tabeltekst || "");
    let handling = () => {};
    spoerg(
      "Tabellens overskrift",
      { tekst: { navn: "Overskrift", hjaelp: "Hvad viser tabellen?", vaerdi: nu, laengde: 200 } },
      "Gem",
      ({ tekst }) => {
        if (tekst !== nu) {
          handling = () => editor.chain().focus().updateAttributes("table", { tabeltekst: escapet(tekst) }).run();
        }
        return null;
      },
      { efter: () => window.setTimeout(() => bagefter(handling)) },
    );
  }

  function talkolonne() {
    const celle = editor.isActive("tableHeader") ? "tableHeader" : "tableCell";
    editor.chain().focus().setCellAttribute("tal", !editor.getAttributes(celle).tal).run();
  }

  function genveje() {
    const { krop } = aabn("Genveje", tilbage);
    const liste = element("dl", { className: "skriv-fakta" });
    document.querySelectorAll(".skriv-knap[data-genvej]").forEach((knap) => {
      liste.append(
        element(
          "div",
          {},
          element("dt", { textContent: knap.dataset.genvej }),
          element("dd", { textContent: knap.dataset.navn }),
        ),
      );
    });
    liste.append(element("div", {}, element("dt", { textContent: "Alt+F10" }), element("dd", { textContent: "Gå til knapperne" })));
    krop.append(liste);
  }

  return { indsaetTal, indsaetFodnote, visHenvisning, link, boks, billede, tabeltekst, talkolonne, genveje };
}
