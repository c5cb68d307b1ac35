/* The catalogue of live figures: search, see what each says today and where it comes from, choose how it is written. */
import { aabn, element, spoerg } from "./dialog.js";

const PAUSE = 250;

function fakta(par) {
  const liste = element("dl", { className: "skriv-fakta" });
  par.forEach(([navn, indhold]) => {
    if (!indhold) return;
    const vaerdi = element("dd", {}, indhold);
    liste.append(element("div", {}, element("dt", { textContent: navn }), vaerdi));
  });
  return liste;
}

const link = (href, tekst) => element("a", { href, target: "_blank", rel: "noopener", textContent: tekst });

/* What a figure is, and a button for each way to write it. `nu` is the way it is written now. */
function talfakta(tal, { vaelg, nu = "", talside = "", adresse = "" }) {
  const kilde = tal.kilde_url ? link(tal.kilde_url, tal.kilde || tal.kilde_url) : tal.kilde;
  const former = tal.formater.filter((format) => format.trykt);
  return element(
    "div",
    { className: "skriv-talfakta" },
    tal.definition ? element("p", { textContent: tal.definition }) : null,
    tal.advarsel ? element("p", { className: "skriv-advarsel", textContent: tal.advarsel }) : null,
    fakta([
      ["Værdi", [tal.vaerdi, tal.enhed].filter(Boolean).join(" ") || "Intet tal for perioden"],
      ["Opgjort", tal.pr],
      ["Kilde", kilde],
      ["Beregning", tal.formel],
      ["Henvisning", element("code", { textContent: tal.noegle })],
      ["Læs mere", talside && nu ? link(`${talside}#${tal.noegle}`, "Sådan er tallet beregnet") : ""],
    ]),
    former.length
      ? formater(former, { vaelg, nu, navn: "Skriv tallet som" })
      : element("p", { textContent: "Tallet kan sættes ind, når det kendes for perioden." }),
    tal.perioder?.length > 1 && adresse ? udvikling(tal, { vaelg, adresse }) : null,
  );
}

/* The figure at two times: choose them, and the ways to write the development come from the server. */
function udvikling(tal, { vaelg, adresse }) {
  const id = `skriv-udvikling-${tal.noegle.replace(/[^a-z0-9]/g, "-")}`;
  const sidste = tal.perioder.length - 1;
  const vaelger = (navn, valgt) => {
    const liste = element("select", { id: `${id}-${navn}`, className: "form-select" });
    tal.perioder.forEach(({ kode, aar }, plads) => liste.append(new Option(aar, kode, false, plads === valgt)));
    return liste;
  };
  const fra = vaelger("fra", sidste - 1);
  const til = vaelger("til", sidste);
  const svar = element("div", { role: "status" });
  const felt = (navn, liste) =>
    element("div", { className: "form-group" }, element("label", { className: "form-label", htmlFor: liste.id, textContent: navn }), liste);

  async function hent() {
    const noegle = `udvikling.${fra.value}.${til.value}.${tal.noegle}`;
    const url = new URL(adresse, window.location.href);
    url.searchParams.append("h", noegle);
    try {
      const hentet = await fetch(url, { headers: { Accept: "application/json" }, redirect: "manual" });
      if (!hentet.ok) throw new Error(String(hentet.status));
      const { henvisninger } = await hentet.json();
      const fundet = henvisninger[noegle]?.tal;
      const former = (fundet?.formater || []).filter((format) => format.trykt);
      svar.replaceChildren(
        former.length
          ? formater(former, { vaelg, navn: "Skriv udviklingen som" })
          : element("p", { textContent: fundet?.mangler || "De to år kan ikke sammenlignes." }),
      );
    } catch {
      svar.replaceChildren(element("p", { textContent: "Udviklingen kunne ikke hentes. Prøv igen om lidt." }));
    }
  }
  [fra, til].forEach((liste) => liste.addEventListener("change", hent));
  const ramme = element(
    "details",
    { className: "skriv-udvikling" },
    element("summary", { textContent: "Udvikling mellem to år" }),
    element("div", { className: "skriv-udvikling-aar" }, felt("Fra", fra), felt("Til", til)),
    svar,
  );
  ramme.addEventListener("toggle", () => ramme.open && !svar.hasChildNodes() && hent());
  return ramme;
}

/* A button for each way to write a figure. */
function formater(former, { vaelg, nu = "", navn }) {
  const knapper = former.map((format) =>
    element(
      "button",
      {
        type: "button",
        className: "skriv-format",
        "aria-pressed": nu ? String(format.henvisning === nu) : null,
        onclick: () => vaelg(format.henvisning),
      },
      element("span", { className: "skriv-format-trykt", textContent: format.trykt }),
      element("span", { className: "skriv-format-navn", textContent: format.navn }),
    ),
  );
  return element("div", { className: "skriv-formater", role: "group", "aria-label": navn }, ...knapper);
}

/* The dialogue "Indsæt tal" (art "") or "Indsæt fodnote" (art "note"). `brug(references)` inserts what was chosen. */
export function vaelgTal({ adresse, nyKilde, formular, art = "", brug, efter }) {
  const note = art === "note";
  let valgt = null;
  let ny = false;
  const naeste = () => {
    if (ny) opretKilde({ adresse: nyKilde, formular, note, brug, efter });
    else if (valgt) brug(valgt);
  };
  const { vindue, krop, luk } = aabn(note ? "Indsæt fodnote" : "Indsæt tal", () => efter(naeste), "skriv-dialog-bred");
  const id = `${vindue.getAttribute("aria-labelledby")}-soeg`;
  const felt = element("input", { id, type: "search", className: "form-input", autocomplete: "off" });
  const status = element("p", { className: "skriv-status", role: "status" });
  const liste = element("ul", { className: "skriv-fund no-max-width" });
  krop.append(
    element(
      "div",
      { className: "form-group" },
      element("label", {
        className: "form-label",
        htmlFor: id,
        textContent: note ? "Søg i kilderne" : "Søg efter et tal, en tabel eller en figur",
      }),
      felt,
    ),
    status,
    liste,
    element(
      "p",
      {},
      element("button", {
        type: "button",
        className: "function-link",
        textContent: "Ny ekstern kilde",
        onclick: () => {
          ny = true;
          luk();
        },
      }),
    ),
  );
  felt.focus();

  const tag = (...henvisninger) => {
    valgt = henvisninger;
    luk();
  };
  const fund = () => Array.from(liste.querySelectorAll(".skriv-fund-knap"));

  function fold(knap, indhold) {
    const aaben = knap.getAttribute("aria-expanded") === "true";
    fund().forEach((anden) => {
      anden.setAttribute("aria-expanded", "false");
      anden.nextElementSibling?.remove();
    });
    if (aaben) return;
    knap.setAttribute("aria-expanded", "true");
    knap.after(indhold());
  }

  function post(navn, vaerdi, gruppe, indhold) {
    const knap = element(
      "button",
      { type: "button", className: "skriv-fund-knap", "aria-expanded": "false", onclick: () => fold(knap, indhold) },
      element("span", { className: "skriv-fund-navn", textContent: navn }),
      element("span", { className: "skriv-fund-vaerdi", textContent: vaerdi }),
      element("span", { className: "skriv-fund-gruppe", textContent: gruppe }),
    );
    return element("li", {}, knap);
  }

  const enkelt = (tekst, noegle) =>
    element(
      "div",
      { className: "skriv-talfakta" },
      element("p", {}, element("code", { textContent: noegle })),
      element("button", {
        type: "button",
        className: "skriv-format",
        textContent: tekst,
        onclick: () => tag(noegle),
      }),
    );

  function vis(svar) {
    liste.replaceChildren(
      ...svar.tal.map((tal) =>
        post(tal.navn, tal.vaerdi || "–", tal.gruppe, () => {
          const dele = talfakta(tal, {
            vaelg: (henvisning) => tag(...[henvisning, tal.note].filter(Boolean)),
            adresse,
          });
          if (!note) return dele;
          dele.querySelector(".skriv-formater")?.remove();
          dele.append(enkelt("Indsæt fodnoten", tal.note).lastElementChild);
          return dele;
        }),
      ),
      ...svar.blokke.map((blok) => post(blok.navn, "", blok.gruppe, () => enkelt("Indsæt i eget afsnit", blok.noegle))),
    );
    if (!svar.i_alt) status.textContent = `Ingen tal passer til “${felt.value}”. Prøv et andet ord.`;
    else if (svar.vist < svar.i_alt) status.textContent = `Viser ${svar.vist} af ${svar.i_alt}. Skriv flere ord for at finde det rette.`;
    else status.textContent = `${svar.i_alt} fundet`;
  }

  let nyeste = 0;
  async function soeg() {
    const nummer = ++nyeste;
    const url = new URL(adresse, window.location.href);
    url.searchParams.set("soeg", felt.value);
    if (art) url.searchParams.set("art", art);
    status.textContent = "Søger …";
    try {
      const svar = await fetch(url, { headers: { Accept: "application/json" }, redirect: "manual" });
      if (!svar.ok) throw new Error(String(svar.status));
      const data = await svar.json();
      if (nummer === nyeste && vindue.open) vis(data);
    } catch {
      if (nummer === nyeste) status.textContent = "Tallene kunne ikke hentes. Prøv igen om lidt.";
    }
  }

  let ur = 0;
  felt.addEventListener("input", () => {
    window.clearTimeout(ur);
    ur = window.setTimeout(soeg, PAUSE);
  });
  felt.addEventListener("keydown", (haendelse) => {
    if (haendelse.key === "ArrowDown") fund()[0]?.focus();
    else if (haendelse.key === "Enter" && fund().length) {
      if (fund()[0].getAttribute("aria-expanded") === "false") fund()[0].click();
      liste.querySelector(".skriv-format")?.focus();
    } else return;
    haendelse.preventDefault();
  });
  liste.addEventListener("keydown", (haendelse) => {
    const retning = { ArrowDown: 1, ArrowUp: -1 }[haendelse.key];
    if (!retning) return;
    const alle = Array.from(liste.querySelectorAll("button"));
    const plads = alle.indexOf(document.activeElement) + retning;
    haendelse.preventDefault();
    if (plads < 0) felt.focus();
    else alle[Math.min(plads, alle.length - 1)].focus();
  });
  soeg();
}

const KILDEFELTER = {
  statistik: { navn: "Hvad tallet viser", hjaelp: "Fx Andel af børn, der får en psykiatrisk diagnose", laengde: 300 },
  vaerdi_tekst: { navn: "Værdi med enhed", hjaelp: "Som den skal stå i teksten, fx omkring 15 %", laengde: 100 },
  aar: { navn: "År", hjaelp: "Det år, tallet er fra", laengde: 4 },
  kilde: { navn: "Kilde", hjaelp: "Titlen på rapporten, tabellen eller siden", laengde: 300 },
  udgiver: { navn: "Udgiver (frivilligt)", laengde: 150 },
  link: { navn: "Link (frivilligt)", hjaelp: "Adressen begynder med https://", laengde: 500 },
};

const SKAL_UDFYLDES = {
  statistik: "Skriv, hvad tallet viser",
  vaerdi_tekst: "Skriv værdien, som den skal stå i teksten",
  aar: "Skriv det år, tallet er fra",
  kilde: "Skriv, hvor tallet står",
};

/* A figure from somebody else that the list does not have: kept with its source, and inserted with its footnote. */
function opretKilde({ adresse, formular, note, brug, efter }) {
  let valgt = null;
  const gem = async (vaerdier) => {
    const fejl = {};
    Object.entries(SKAL_UDFYLDES).forEach(([navn, besked]) => vaerdier[navn] || (fejl[navn] = besked));
    if (vaerdier.link && !vaerdier.link.startsWith("https://")) fejl.link = "Skriv en adresse, der begynder med https://";
    if (Object.keys(fejl).length) return fejl;
    const indhold = new FormData();
    Object.entries(vaerdier).forEach(([navn, vaerdi]) => indhold.set(navn, vaerdi));
    try {
      const svar = await window.Vogt.send(adresse, indhold, formular);
      const json = await svar.json();
      if (json.fejl) return json.fejl;
      valgt = note ? [json.note] : [json.tal, json.note];
      return null;
    } catch {
      return { statistik: "Kilden blev ikke gemt. Prøv igen om lidt" };
    }
  };
  spoerg("Ny ekstern kilde", KILDEFELTER, "Opret og indsæt", gem, {
    efter: () => window.setTimeout(() => efter(() => valgt && brug(valgt))),
  });
}

/* What the figure, footnote or block in the text is; another way to write it, or away with it. */
export function visFakta(noegle, data, { skift, fjern, talside, adresse, efter }) {
  let handling = null;
  const { krop, luk } = aabn(data?.navn || noegle, () => efter(() => handling?.()), "skriv-dialog-bred");
  const goer = (hvad) => {
    handling = hvad;
    luk();
  };
  if (data?.tal) {
    const vaelg = (henvisning) => goer(() => skift(henvisning));
    const dele = talfakta(data.tal, { vaelg, nu: noegle, talside, adresse: data.art === "note" ? "" : adresse });
    if (data.art === "note") dele.querySelector(".skriv-formater")?.remove();
    else if (!data.tal.formater.some((format) => format.henvisning === noegle)) {
      // Written without a format: the figure's own, the first, is in use.
      dele.querySelector(".skriv-format")?.setAttribute("aria-pressed", "true");
    }
    krop.append(dele);
  } else if (data?.kendt) krop.append(element("p", { textContent: "Indholdet hentes fra registrene, når kapitlet vises." }));
  else krop.append(element("p", { textContent: `“${noegle}” findes ikke. Sæt et andet tal ind i stedet.` }));
  krop.append(
    element(
      "div",
      { className: "skriv-dialog-knapper" },
      element("button", {
        type: "button",
        className: "button button-secondary",
        textContent: { note: "Fjern fodnoten", blok: "Fjern fra teksten" }[data?.art] || "Fjern tallet",
        onclick: () => goer(fjern),
      }),
    ),
  );
  krop.querySelector("button")?.focus();
}
