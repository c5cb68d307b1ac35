/* What the references of a text stand for today; asked of the server for many at a time, and once each. */
import { erBlok, erNote, klammer } from "./kilde.js";

const PR_SPOERGSMAAL = 40;

export function lavLager(adresse, blokadresse) {
  const kendte = new Map();
  const foelgere = new Map();
  const numre = new Map();
  const blokke = new Map();
  let venter = new Set();

  const meld = (noegle) => foelgere.get(noegle)?.forEach((vis) => vis());

  async function spoerg(noegler) {
    const url = new URL(adresse, window.location.href);
    noegler.forEach((noegle) => url.searchParams.append("h", noegle));
    try {
      const svar = await fetch(url, { headers: { Accept: "application/json" }, redirect: "manual" });
      if (!svar.ok) throw new Error(String(svar.status));
      const { henvisninger } = await svar.json();
      noegler.forEach((noegle) => kendte.set(noegle, henvisninger[noegle] || { kendt: false }));
    } catch {
      // Not known is not unknown: it stands as it is written, and is asked for again when it is shown anew.
      noegler.forEach((noegle) => kendte.delete(noegle));
    }
    noegler.forEach(meld);
  }

  function husk(noegle) {
    if (kendte.has(noegle)) return;
    kendte.set(noegle, null);
    if (!venter.size) {
      window.setTimeout(() => {
        const alle = Array.from(venter);
        venter = new Set();
        while (alle.length) spoerg(alle.splice(0, PR_SPOERGSMAAL));
      });
    }
    venter.add(noegle);
  }

  const slaaOp = (noegle) => kendte.get(noegle) || null;

  return {
    /* Call `vis` now and whenever more is known; returns how to stop it. */
    foelg(noegle, vis) {
      if (!foelgere.has(noegle)) foelgere.set(noegle, new Set());
      foelgere.get(noegle).add(vis);
      husk(noegle);
      vis();
      return () => foelgere.get(noegle)?.delete(vis);
    },
    slaaOp,
    /* What the reader sees of a block, {html} or {mangler}; null when it cannot be had. */
    hentBlok(noegle) {
      if (!blokke.has(noegle)) {
        const url = new URL(blokadresse, window.location.href);
        url.searchParams.set("noegle", noegle);
        const hentet = fetch(url, { headers: { Accept: "application/json" }, redirect: "manual" })
          .then((svar) => (svar.ok ? svar.json() : null))
          .catch(() => null);
        blokke.set(noegle, hentet);
        // What failed is asked for again when it is shown anew.
        hentet.then((svar) => svar || blokke.delete(noegle));
      }
      return blokke.get(noegle);
    },
    erUkendt: (noegle) => slaaOp(noegle)?.kendt === false,
    /* Asked for, and the answer is on its way. */
    venter: (noegle) => !erNote(noegle) && kendte.get(noegle) === null,
    navn: (noegle) => slaaOp(noegle)?.navn || noegle,
    tekst(noegle) {
      if (erNote(noegle)) return String(numre.get(noegle) || "*");
      const fundet = slaaOp(noegle);
      if (fundet?.kendt) return fundet.trykt || `[${fundet.navn}: intet tal]`;
      if (fundet) return `[${noegle} findes ikke]`;
      return kendte.get(noegle) === null ? "…" : klammer(noegle);
    },
    titel(noegle) {
      const tal = slaaOp(noegle)?.tal;
      if (!tal) return noegle;
      const kilde = [tal.kilde, tal.pr].filter(Boolean).join(", ");
      const forled = erNote(noegle) ? "Fodnote: " : "";
      const advarsel = tal.advarsel ? `. ${tal.advarsel}` : "";
      return `${forled}${tal.navn} (${noegle})${kilde ? `. ${kilde}` : ""}${advarsel}`;
    },
    /* Footnotes are numbered by first mention. */
    nummerer(doc) {
      const foer = JSON.stringify(Array.from(numre));
      numre.clear();
      doc.descendants(({ type, attrs }) => {
        if (type.name !== "henvisning" || !erNote(attrs.noegle) || numre.has(attrs.noegle)) return;
        numre.set(attrs.noegle, numre.size + 1);
      });
      if (JSON.stringify(Array.from(numre)) !== foer) numre.forEach((_, noegle) => meld(noegle));
    },
    indhold: (noegle) => (erBlok(noegle) ? { type: "blok", attrs: { noegle } } : { type: "henvisning", attrs: { noegle } }),
  };
}
