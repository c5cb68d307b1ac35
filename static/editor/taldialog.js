/* The catalogue of live figures: search, see what each says today and where it comes from, choose how it is written. */
import { aabn, element } from "./dialog.js";

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
function talfakta(tal, { vaelg, nu = "", talside = "" }) {
  const kilde = tal.kilde_url ? link(tal.kilde_url, tal.kilde || tal.kilde_url) : tal.kilde;
  const knapper = tal.formater
    .filter((format) => format.trykt)
    .map((format) =>
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
  return element(
    "div",
    { className: "skriv-talfakta" },
    tal.definition ? element("p", { textContent: tal.definition }) : null,
    fakta([
      ["Værdi", [tal.vaerdi, tal.enhed].filter(Boolean).join(" ") || "Intet tal for perioden"],
      ["Opgjort", tal.pr],
      ["Kilde", kilde],
      ["Beregning", tal.formel],
      ["Henvisning", element("code", { textContent: tal.noegle })],
      ["Læs mere", talside && nu ? link(`${talside}#${tal.noegle}`, "Sådan er tallet beregnet") : ""],
    ]),
    knapper.length
      ? element("div", { className: "skriv-formater", role: "group", "aria-label": "Skriv tallet som" }, ...knapper)
      : element("p", { textContent: "Tallet kan sættes ind, når det kendes for perioden." }),
  );
}

/* The dialogue "Indsæt tal" (art "") or "Indsæt fodnote" (art "note"). `brug(references)` inserts what was chosen. */
export function vaelgTal({ adresse, art = "", brug, efter }) {
  const note = art === "note";
  let valgt = null;
  const { vindue, krop, luk } = aabn(
    note ? "Indsæt fodnote" : "Indsæt tal",
    () => efter(() => valgt && brug(valgt)),
    "skriv-dialog-bred",
  );
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
          const dele = talfakta(tal, { vaelg: (henvisning) => tag(...[henvisning, tal.note].filter(Boolean)) });
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

/* What the figure, footnote or block in the text is; another way to write it, or away with it. */
export function visFakta(noegle, data, { skift, fjern, talside, efter }) {
  let handling = null;
  const { krop, luk } = aabn(data?.navn || noegle, () => efter(() => handling?.()), "skriv-dialog-bred");
  const goer = (hvad) => {
    handling = hvad;
    luk();
  };
  if (data?.tal) {
    const dele = talfakta(data.tal, { vaelg: (henvisning) => goer(() => skift(henvisning)), nu: noegle, talside });
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
