/* The two parts of a tariff and the levels of a differentiated one (T36-T38), on top of skema.js and as
   beregning/forhandling.py and beregning/niveauer.py compute them. The server computes all of it again. */
(function () {
  "use strict";

  const { Tal } = window;
  const formular = document.querySelector("form[data-takstskema]");
  if (!formular || !Tal) return;

  const find = (vaelger) => Array.from(formular.querySelectorAll(vaelger));
  const tabel = formular.querySelector("[data-niveauer]");
  const raekker = tabel ? Array.from(tabel.querySelectorAll("tr[data-niveau]")) : [];
  const synlige = formular.querySelector('input[name="niveau_vis"]');

  function laes(felt, laeser, decimaler) {
    if (!felt || felt.value.trim() === "") return null;
    const svar = laeser(felt.value, decimaler);
    return svar.ok ? svar.vaerdi : null;
  }

  const laesTal = (felt) => laes(felt, Tal.laesTal, 2);
  const celle = (raekke, kolonne) => raekke.querySelector(`[name$="_${kolonne}"]`);
  const boxe = (raekke) => ["navn", "beskrivelse", "pladser", "stoettetimer"].map((kolonne) => celle(raekke, kolonne));

  function dage() {
    const tekst = formular.dataset.takstDage || "365";
    return /^\d+$/.test(tekst) ? BigInt(tekst) : laes(formular.querySelector(tekst), Tal.laesHeltal);
  }

  /* Sum of the citizen-directed lines in øre; null when one cannot be read. */
  function borgerrettet() {
    let sum = 0n;
    for (const felt of find("[data-borgerrettet]")) {
      if (felt.value.trim() === "") continue;
      const oere = laes(felt, Tal.laesBeloeb, 2);
      if (oere === null) return null;
      sum += oere;
    }
    return sum;
  }

  function dele(grundlag, borger) {
    const kapacitet = laesTal(formular.querySelector(formular.dataset.takstKapacitet));
    const belaegning = laes(formular.querySelector(formular.dataset.takstBelaegning), Tal.laesProcent, 2);
    const antal = dage();
    if ([grundlag, borger, kapacitet, belaegning, antal].includes(null) || grundlag === 0n) return null;
    const takst = Tal.takst({
      grundlagOere: grundlag,
      kapacitet,
      kapacitetDecimaler: 2,
      dage: antal,
      belaegning,
      belaegningDecimaler: 2,
    });
    if (takst === null) return null;
    const borgerPris = Tal.afrundKvotient(takst * borger, grundlag);
    return { fast: takst - borgerPris, borger: borgerPris, solgt: antal * belaegning };
  }

  function niveaupriser(opdeling, borger) {
    const brugte = raekker.filter((raekke) => boxe(raekke).some((felt) => felt.value.trim() !== ""));
    const tal = brugte.map((raekke) => [laesTal(celle(raekke, "pladser")), laesTal(celle(raekke, "stoettetimer"))]);
    const kendte = tal.every(([pladser, timer]) => pladser !== null && timer !== null);
    const timer = kendte ? tal.reduce((sum, [n, h]) => sum + n * h, 0n) : 0n;
    raekker.forEach((raekke) => {
      const nr = brugte.indexOf(raekke);
      let pris = null;
      if (nr >= 0 && opdeling && timer > 0n) {
        /* Two decimals each in hours, places and occupancy, and percent: 10^6 in all. */
        pris = opdeling.fast + Tal.afrundKvotient(borger * tal[nr][1] * 1000000n, timer * opdeling.solgt);
      }
      raekke.querySelector("[data-niveaupris]").textContent = Tal.skriv(pris, 2);
    });
  }

  function visRaekker(mindst) {
    const sidste = raekker.reduce((nr, raekke, i) => (boxe(raekke).some((felt) => felt.value.trim()) ? i + 1 : nr), 0);
    const antal = Math.max(sidste, mindst);
    raekker.forEach((raekke, i) => (raekke.hidden = i >= antal));
    if (synlige) synlige.value = String(antal);
    const tilfoej = formular.querySelector('[name="tilfoej_niveau"]');
    if (tilfoej) tilfoej.hidden = antal >= raekker.length;
  }

  formular.addEventListener("skema:beregnet", (haendelse) => {
    const borger = borgerrettet();
    const opdeling = dele(haendelse.detail.sum("*"), borger);
    find("[data-del]").forEach((felt) => {
      felt.textContent = Tal.skrivKr(opdeling ? opdeling[felt.dataset.del] : null, 2);
    });
    if (!tabel) return;
    /* A block that was pasted may reach into rows that were hidden. */
    visRaekker(Number(synlige.value));
    niveaupriser(opdeling, borger);
  });

  formular.addEventListener("click", (haendelse) => {
    const knap = haendelse.target.closest('[name="tilfoej_niveau"], [name="fjern_niveau"]');
    if (!knap) return;
    haendelse.preventDefault();
    if (knap.name === "tilfoej_niveau") {
      visRaekker(Number(synlige.value) + 1);
      boxe(raekker[Number(synlige.value) - 1])[0].focus();
      return;
    }
    const fra = raekker.indexOf(knap.closest("tr"));
    for (let nr = fra; nr < raekker.length; nr += 1) {
      const naeste = raekker[nr + 1] ? boxe(raekker[nr + 1]).map((felt) => felt.value) : ["", "", "", ""];
      boxe(raekker[nr]).forEach((felt, i) => (felt.value = naeste[i]));
    }
    visRaekker(Math.max(2, Number(synlige.value) - 1));
    formular.dispatchEvent(new Event("input", { bubbles: true }));
    boxe(raekker[Math.max(0, fra - 1)])[0].focus();
  });

  formular.dispatchEvent(new Event("input", { bubbles: true }));
})();
