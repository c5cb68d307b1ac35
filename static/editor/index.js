/* The editor of chapters. The text area stays the field that is sent: the editor reads it, and writes every change
   back to it, so that saving, drafts, conflicts and the page without JavaScript are the same. */
import { Editor, Extension, InputRule } from "@tiptap/core";
import { EditorState } from "@tiptap/pm/state";

import { lavHandlinger } from "./handlinger.js";
import { erBlok, laesKilde, skrivKilde } from "./kilde.js";
import { udvidelser } from "./knuder.js";
import { lavLager } from "./lager.js";
import { lavLinje } from "./linje.js";
import { foelgTilstede } from "./tilstede.js";
import { rensIndsat } from "./word.js";

const SKREVET = /\{\{\s*([a-z0-9_.:-]+(?:\s*\|\s*[a-z0-9_]+)?)\s*\}\}$/;

function start(felt) {
  const formular = felt.form;
  const data = formular.dataset;
  const lager = lavLager(data.skrivTal, data.skrivBlok);
  const ramme = document.createElement("div");
  ramme.className = "skriv";
  const flade = document.createElement("div");
  flade.id = `${felt.id}_skriv`;
  flade.className = "aftaletekst skriv-flade";
  const etiket = formular.querySelector(`label[for="${felt.id}"]`);
  if (etiket) etiket.id ||= `${felt.id}_etiket`;
  const gruppe = felt.closest(".form-group");
  const kodehjaelp = gruppe?.querySelector(".form-hint");
  let handlinger = null;
  let linje = null;

  /* A picture alone is asked about; what comes with text is the text's own picture of itself. */
  function tagBillede(data, haendelse) {
    const billede = Array.from(data?.files || []).find((fil) => fil.type.startsWith("image/"));
    if (!billede || data.types.includes("text/html") || data.types.includes("text/plain")) return false;
    // A dropped file would otherwise be opened in place of the page.
    haendelse?.preventDefault();
    handlinger.billede(billede);
    return true;
  }

  const Genveje = Extension.create({
    name: "genveje",
    addKeyboardShortcuts() {
      const goer = (navn) => () => {
        handlinger[navn]();
        return true;
      };
      const overskrift = (level) => () => this.editor.commands.toggleHeading({ level });
      return {
        "Mod-k": goer("link"),
        "Mod-Shift-l": goer("indsaetTal"),
        "Mod-Shift-e": goer("indsaetFodnote"),
        "Mod-Shift-2": overskrift(2),
        "Mod-Shift-3": overskrift(3),
        "Mod-Shift-4": overskrift(4),
        "Alt-F10": () => {
          linje.fokus();
          return true;
        },
        Enter: () => {
          const { node, from } = this.editor.state.selection;
          if (!node || !["henvisning", "blok"].includes(node.type.name)) return false;
          handlinger.visHenvisning(from);
          return true;
        },
      };
    },
    addInputRules() {
      return [
        new InputRule({
          find: SKREVET,
          handler: ({ range, match, chain }) => {
            const noegle = match[1].replace(/\s/g, "");
            if (!erBlok(noegle)) chain().insertContentAt(range, lager.indhold(noegle)).run();
          },
        }),
      ];
    },
  });

  const editor = new Editor({
    element: flade,
    injectCSS: false,
    extensions: [...udvidelser(lager, (nummer) => data.skrivBillede.replace("/0/", `/${nummer}/`)), Genveje],
    editorProps: {
      attributes: {
        role: "textbox",
        "aria-multiline": "true",
        lang: "da",
        spellcheck: "true",
        ...(etiket ? { "aria-labelledby": etiket.id } : { "aria-label": "Tekst" }),
        ...(felt.getAttribute("aria-invalid") ? { "aria-invalid": "true" } : {}),
        ...(felt.getAttribute("aria-describedby") ? { "aria-describedby": felt.getAttribute("aria-describedby") } : {}),
      },
      transformPastedHTML: rensIndsat,
      handleClickOn(view, pos, node, nodePos, haendelse, direkte) {
        if (!direkte || !["henvisning", "blok"].includes(node.type.name)) return false;
        handlinger.visHenvisning(nodePos);
        return true;
      },
      handlePaste: (view, haendelse) => tagBillede(haendelse.clipboardData),
      handleDrop: (view, haendelse, udsnit, flyttet) => !flyttet && tagBillede(haendelse.dataTransfer, haendelse),
    },
  });

  // Nothing is written until something is changed: what was there is kept to the letter.
  let oprindelig = "";
  let laest = "";
  function laes() {
    const doc = laesKilde(felt.value, editor.schema);
    // Anew, so that "Fortryd" never leads back to a text that stood here before.
    editor.view.updateState(EditorState.create({ doc, plugins: editor.state.plugins }));
    oprindelig = felt.value;
    laest = skrivKilde(editor.state.doc, editor.schema);
    lager.nummerer(editor.state.doc);
  }
  function skriv() {
    const nyt = skrivKilde(editor.state.doc, editor.schema);
    felt.value = nyt === laest ? oprindelig : nyt;
    lager.nummerer(editor.state.doc);
  }

  let somKode = false;
  function vis() {
    felt.hidden = !somKode;
    flade.hidden = somKode;
    if (kodehjaelp) kodehjaelp.hidden = !somKode;
    formular.querySelectorAll("[data-skriv-erstatter]").forEach((del) => (del.hidden = !somKode));
    formular.classList.toggle("redigering-med-editor", !somKode);
  }
  function skiftKode() {
    somKode = !somKode;
    if (!somKode) laes();
    vis();
    linje.opdater();
    return somKode;
  }

  handlinger = lavHandlinger(editor, { data, lager, formular });
  linje = lavLinje(editor, handlinger, { sprite: data.skrivIkoner, styrer: flade.id, skiftKode });
  ramme.append(linje.linje, flade);
  felt.before(ramme);
  laes();
  vis();
  linje.opdater();
  editor.on("update", skriv);

  const tilTeksten = () => (somKode ? felt.focus() : editor.commands.focus());
  etiket?.addEventListener("click", (haendelse) => {
    haendelse.preventDefault();
    tilTeksten();
  });
  document.addEventListener("click", (haendelse) => {
    if (!haendelse.target.closest(`a[href="#${felt.id}"]`)) return;
    haendelse.preventDefault();
    tilTeksten();
  });
  // Enter in the title goes on to the text; the form's first button is for those without the editor.
  formular.elements.titel?.addEventListener("keydown", (haendelse) => {
    if (haendelse.key !== "Enter") return;
    haendelse.preventDefault();
    tilTeksten();
  });
  foelgTilstede(formular, data.skrivTilStede);
}

document.querySelectorAll("textarea[data-skriv]").forEach(start);
