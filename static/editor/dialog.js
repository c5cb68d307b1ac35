/* Dialogues on the browser's own <dialog>: it keeps focus inside, closes on Escape and gives focus back. */
let nummer = 0;

export function element(navn, egenskaber = {}, ...boern) {
  const el = document.createElement(navn);
  Object.entries(egenskaber).forEach(([noegle, vaerdi]) => {
    if (vaerdi === null || vaerdi === undefined || vaerdi === false) return;
    if (noegle.startsWith("on")) el.addEventListener(noegle.slice(2), vaerdi);
    else if (noegle in el && noegle !== "form" && noegle !== "list") el[noegle] = vaerdi;
    else el.setAttribute(noegle, vaerdi === true ? "" : vaerdi);
  });
  el.append(...boern.filter((barn) => barn !== null && barn !== undefined));
  return el;
}

/* An empty dialogue with heading and a button that closes it. `efter` runs when it has closed, however it closed. */
export function aabn(titel, efter = () => {}, klasse = "") {
  const id = `skriv-dialog-${++nummer}`;
  const krop = element("div", { className: "skriv-dialog-krop" });
  const vindue = element(
    "dialog",
    { className: `skriv-dialog ${klasse}`, "aria-labelledby": id },
    element(
      "div",
      { className: "skriv-dialog-hoved" },
      element("h2", { id, className: "h4", textContent: titel }),
      element("button", {
        type: "button",
        className: "function-link",
        textContent: "Luk",
        onclick: () => vindue.close(),
      }),
    ),
    krop,
  );
  vindue.addEventListener("close", () => {
    vindue.remove();
    efter();
  });
  document.body.append(vindue);
  vindue.showModal();
  return { vindue, krop, luk: () => vindue.close() };
}

function gruppe(felt, id) {
  const fejl = element("span", { className: "form-error-message", id: `${id}-fejl`, hidden: true });
  const hjaelp = felt.hjaelp ? element("span", { className: "form-hint", id: `${id}-hjaelp`, textContent: felt.hjaelp }) : null;
  const beskrevet = [hjaelp?.id, fejl.id].filter(Boolean).join(" ");
  let kontrol;
  if (felt.valg) {
    kontrol = element("select", { id, className: "form-select", "aria-describedby": beskrevet });
    felt.valg.forEach(([vaerdi, tekst]) => kontrol.append(new Option(tekst, vaerdi, false, vaerdi === felt.vaerdi)));
  } else {
    const fil = felt.type === "file";
    kontrol = element("input", {
      id,
      type: felt.type || "text",
      className: fil ? "" : "form-input",
      accept: felt.accept,
      maxLength: felt.laengde,
      "aria-describedby": beskrevet,
    });
    if (fil && felt.fil) kontrol.files = felt.fil;
    if (!fil) kontrol.value = felt.vaerdi || "";
  }
  const label = element("label", { className: "form-label", htmlFor: id, textContent: felt.navn });
  return { kontrol, fejl, ramme: element("div", { className: "form-group" }, label, hjaelp, fejl, kontrol) };
}

/* Ask for a few values: `felter` is {name: {navn, hjaelp, type, valg, vaerdi}}; `brug(values)` answers {name: error}
   (or a promise of it) while something is wrong, else the dialogue closes. `ekstra` is [text, function] of a further
   button. */
export function spoerg(titel, felter, knap, brug, { ekstra = null, efter } = {}) {
  const { vindue, krop, luk } = aabn(titel, efter);
  const grupper = {};
  const formular = element("form", { noValidate: true });
  Object.entries(felter).forEach(([navn, felt]) => {
    grupper[navn] = gruppe(felt, `${vindue.getAttribute("aria-labelledby")}-${navn}`);
    formular.append(grupper[navn].ramme);
  });
  const gem = element("button", { type: "submit", className: "button button-primary", textContent: knap });
  const knapper = element("div", { className: "skriv-dialog-knapper" }, gem);
  if (ekstra) {
    const [tekst, goer] = ekstra;
    const trykket = () => {
      luk();
      goer();
    };
    knapper.append(element("button", { type: "button", className: "button button-secondary", textContent: tekst, onclick: trykket }));
  }
  knapper.append(element("button", { type: "button", className: "button button-tertiary", textContent: "Fortryd", onclick: luk }));
  formular.append(knapper);
  formular.addEventListener("submit", async (haendelse) => {
    haendelse.preventDefault();
    const vaerdier = {};
    Object.entries(grupper).forEach(([navn, { kontrol }]) => {
      vaerdier[navn] = kontrol.type === "file" ? kontrol.files[0] : kontrol.value.trim();
    });
    gem.disabled = true;
    const fejl = (await brug(vaerdier)) || {};
    gem.disabled = false;
    let foerste = null;
    Object.entries(grupper).forEach(([navn, { kontrol, fejl: linje, ramme }]) => {
      linje.textContent = fejl[navn] || "";
      linje.hidden = !fejl[navn];
      ramme.classList.toggle("form-error", Boolean(fejl[navn]));
      kontrol.toggleAttribute("aria-invalid", false);
      if (fejl[navn]) {
        kontrol.setAttribute("aria-invalid", "true");
        foerste ||= kontrol;
      }
    });
    if (foerste) foerste.focus();
    else luk();
  });
  krop.append(formular);
  formular.querySelector("input, select")?.focus();
}
