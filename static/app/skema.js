/* Spreadsheet habits for forms with figures. Loaded after tal.js on pages with such a form:

   table[data-skema]            a grid; several in one form are one sheet to the keyboard
   input[data-tal=beloeb|heltal|procent|tal|tekst][data-decimaler]   read and written in Danish (set by the form fields);
                                data-hele: an amount in whole kroner is written without ",00"
   input[data-gruppe="A"]       counts in [data-sum="A"]; [data-sum="A B"] adds groups, "*" all; data-fortegn="-1" subtracts
   [data-sum][data-vis="2"][data-enhed="kr"]   decimals and unit shown (default none)
   tr[data-foer="14820000.00"]  last year's figure in kroner for the row's [data-aendring] cell
   form[data-graense="5"]       a change of so many percent or more is marked
   form[data-regulering="-370000.00"]   a computed amount that is part of [data-sum="*"]
   form[data-takst-kapacitet="#id_x"][data-takst-dage="whole number or #id_y"][data-takst-belaegning="#id_z"][data-takst-forrige="4438.89"]
   [data-resultat=takst|aar|maaned|aendring]   previews of the tariff; the server's figures replace them when it saves

   [data-skema-status] with a [role=status] and a [data-skema-fortryd] button: what was pasted, with a way back

   After each computation the form sends "skema:beregnet" with detail.sum(groups) → BigInt øre, or null if unreadable. */
(function () {
  "use strict";

  const { Tal } = window;
  const LAESERE = {
    beloeb: Tal.laesBeloeb,
    heltal: (tekst) => Tal.laesHeltal(tekst),
    procent: Tal.laesProcent,
    tal: Tal.laesTal,
    /* A name beside the figures: part of the sheet, never a figure. */
    tekst: () => ({ ok: true, vaerdi: 0n }),
  };
  const find = (vaelger, rod) => Array.from(rod.querySelectorAll(vaelger));
  const decimaler = (felt) => Number(felt.dataset.decimaler ?? 2);
  const laes = (felt) => LAESERE[felt.dataset.tal](felt.value, decimaler(felt));
  const tomt = (felt) => felt.value.trim() === "";
  /* "14820000.00" from the server → øre. */
  const oere = (tekst) => {
    const [hele, broek = ""] = String(tekst).split(".");
    return BigInt(hele + broek.padEnd(2, "0").slice(0, 2));
  };

  function ledetekst(felt) {
    const tekst = felt.labels?.[0]?.textContent.trim() || felt.getAttribute("aria-label") || "";
    return tekst.replace(/\s*\((frivilligt|\*skal udfyldes)\)$/, "");
  }

  /* The error at a field while typing: same place and words as the server's. */
  function visFejl(felt, besked) {
    const gruppe = felt.closest(".form-group");
    if (!gruppe) return;
    let linje = gruppe.querySelector(".form-error-message");
    if (!besked) {
      linje?.remove();
      gruppe.classList.remove("form-error");
      felt.removeAttribute("aria-invalid");
      return;
    }
    if (!linje) {
      linje = document.createElement("span");
      linje.className = "form-error-message";
      linje.id = `${felt.id}_error`;
      (felt.closest(".form-input-wrapper") || felt).before(linje);
      const beskrevet = new Set((felt.getAttribute("aria-describedby") || "").split(" ").filter(Boolean));
      felt.setAttribute("aria-describedby", Array.from(beskrevet.add(linje.id)).join(" "));
    }
    const navn = ledetekst(felt);
    linje.textContent = navn ? `${navn}: ${besked[0].toLowerCase()}${besked.slice(1)}` : besked;
    gruppe.classList.add("form-error");
    felt.setAttribute("aria-invalid", "true");
  }

  function skrivFelt(felt) {
    if (felt.dataset.tal === "tekst") return;
    if (tomt(felt)) {
      visFejl(felt, "");
      return;
    }
    const svar = laes(felt);
    visFejl(felt, svar.ok ? "" : svar.besked);
    if (!svar.ok) return;
    const d = decimaler(felt);
    const tekst = Tal.skriv(svar.vaerdi, d);
    if (felt.dataset.tal === "beloeb") felt.value = felt.dataset.hele ? tekst.replace(/,00$/, "") : tekst;
    else felt.value = tekst.replace(/,?0+$/, (ende) => (d ? "" : ende));
  }

  function startSkema(formular) {
    const felter = find("input[data-tal]", formular);
    const raekker = find("table[data-skema] tbody tr", formular)
      .map((raekke) => find("input[data-tal]", raekke))
      .filter((celler) => celler.length);
    const status = formular.querySelector("[data-skema-status]");
    let fortryd = [];
    /* A form that is only shown has no boxes: the server's sums stand. */
    if (!felter.length) return;

    function plads(felt) {
      const r = raekker.findIndex((celler) => celler.includes(felt));
      return r < 0 ? null : { r, k: raekker[r].indexOf(felt) };
    }

    function gaaTil(felt) {
      if (!felt) return;
      felt.focus();
      felt.select();
    }

    function lodret(felt, retning) {
      const sted = plads(felt);
      for (let r = sted.r + retning; raekker[r]; r += retning) {
        if (raekker[r][sted.k]) return gaaTil(raekker[r][sted.k]);
      }
      return undefined;
    }

    /* Sums in øre; null when one of the figures cannot be read. */
    function sum(grupper) {
      const valgte = grupper.trim().split(/\s+/);
      /* What is computed by the server and belongs to the total: earlier years. */
      let samlet = valgte.includes("*") && formular.dataset.regulering ? oere(formular.dataset.regulering) : 0n;
      for (const felt of felter) {
        if (felt.dataset.gruppe && (valgte.includes("*") || valgte.includes(felt.dataset.gruppe)) && !tomt(felt)) {
          const svar = laes(felt);
          if (!svar.ok) return null;
          samlet += Tal.skaler(svar.vaerdi, decimaler(felt), 2) * BigInt(felt.dataset.fortegn || 1);
        }
      }
      return samlet;
    }

    function skriv(celle, vaerdi, har, vis) {
      const form = celle.dataset.enhed === "kr" ? Tal.skrivKr : Tal.skriv;
      celle.textContent = form(vaerdi, har, Number(celle.dataset.vis ?? vis));
    }

    function aendring(celle, nu, foer) {
      const graense = BigInt(formular.dataset.graense || 0);
      const forskel = nu === null || foer === null ? 0n : nu - foer;
      const stor = (forskel < 0n ? -forskel : forskel) * 100n >= graense * (foer < 0n ? -foer : foer || 0n);
      celle.textContent = Tal.skrivAendring(Tal.aendringPct(nu, foer, 1), 1);
      celle.classList.toggle("markant", graense > 0n && forskel !== 0n && stor);
    }

    function hentTal(vaelger) {
      const felt = vaelger && formular.querySelector(vaelger);
      const svar = felt && !tomt(felt) ? laes(felt) : { ok: false };
      return svar.ok ? { vaerdi: svar.vaerdi, decimaler: decimaler(felt) } : null;
    }

    function antalDage() {
      const dage = formular.dataset.takstDage || "";
      return /^\d+$/.test(dage) ? dage : hentTal(dage)?.vaerdi;
    }

    function takst(dage) {
      const data = formular.dataset;
      const kapacitet = hentTal(data.takstKapacitet);
      const belaegning = hentTal(data.takstBelaegning);
      if (!kapacitet || !belaegning || dage === undefined) return null;
      return Tal.takst({
        grundlagOere: sum("*"),
        kapacitet: kapacitet.vaerdi,
        kapacitetDecimaler: kapacitet.decimaler,
        dage,
        belaegning: belaegning.vaerdi,
        belaegningDecimaler: belaegning.decimaler,
      });
    }

    function beregn() {
      find("[data-sum]", formular).forEach((celle) => skriv(celle, sum(celle.dataset.sum), 2, 0));
      find("tr[data-foer]", formular).forEach((raekke) => {
        const celle = raekke.querySelector("[data-aendring]");
        if (!celle) return;
        const felt = raekke.querySelector("input[data-tal]");
        const svar = felt && (tomt(felt) ? { ok: true, vaerdi: 0n } : laes(felt));
        const sumcelle = raekke.querySelector("[data-sum]");
        const nu = sumcelle ? sum(sumcelle.dataset.sum) : svar?.ok ? Tal.skaler(svar.vaerdi, decimaler(felt), 2) : null;
        aendring(celle, felt && tomt(felt) ? null : nu, raekke.dataset.foer === "" ? null : oere(raekke.dataset.foer));
      });
      const resultater = find("[data-resultat]", formular);
      if (resultater.length && formular.dataset.takstKapacitet) {
        const dage = antalDage();
        const doegn = takst(dage);
        const aar = Tal.aarspris(doegn, dage);
        const forrige = formular.dataset.takstForrige ? oere(formular.dataset.takstForrige) : null;
        const vaerdier = { takst: doegn, aar, maaned: Tal.maanedspris(aar) };
        resultater.forEach((celle) => {
          if (celle.dataset.resultat === "aendring") aendring(celle, doegn, forrige);
          else skriv(celle, vaerdier[celle.dataset.resultat] ?? null, 2, 2);
        });
      }
      formular.dispatchEvent(new CustomEvent("skema:beregnet", { bubbles: true, detail: { sum } }));
    }

    function meld(tekst, gamle) {
      fortryd = gamle;
      if (!status) return;
      status.hidden = false;
      status.querySelector("[role=status]").textContent = tekst;
      status.querySelector("[data-skema-fortryd]").hidden = !gamle.length;
    }

    function indsaet(felt, tekst) {
      const sted = plads(felt);
      const linjer = tekst.replace(/(\r\n|\r|\n)+$/, "").split(/\r\n|\r|\n/);
      const gamle = [];
      let antal = 0;
      linjer.forEach((linje, i) =>
        linje.split("\t").forEach((vaerdi, j) => {
          antal += 1;
          const maal = raekker[sted.r + i]?.[sted.k + j];
          if (!maal) return;
          gamle.push([maal, maal.value]);
          /* Excel shows whole kroner with two decimals as often as not. */
          maal.value = decimaler(maal) ? vaerdi.trim() : vaerdi.trim().replace(/,0+$/, "");
          skrivFelt(maal);
        }),
      );
      const sat = gamle.length;
      meld(sat === antal ? `${sat} tal er sat ind.` : `${sat} af ${antal} tal er sat ind. Der var ikke plads til resten.`, gamle);
      beregn();
      felt.dispatchEvent(new Event("change", { bubbles: true }));
    }

    formular.addEventListener("keydown", (haendelse) => {
      const felt = haendelse.target;
      if (!(felt instanceof HTMLInputElement) || haendelse.ctrlKey || haendelse.metaKey || haendelse.altKey) return;
      /* In plain HTML Enter presses the first submit button, which here would be "Indsend". */
      if (haendelse.key === "Enter" && !["submit", "button", "file"].includes(felt.type)) haendelse.preventDefault();
      if (!plads(felt)) return;
      const start = felt.selectionStart === 0 && felt.selectionEnd === 0;
      const slut = felt.selectionStart === felt.value.length && felt.selectionEnd === felt.value.length;
      const alt = felt.selectionStart === 0 && slut === false && felt.selectionEnd === felt.value.length;
      const { r, k } = plads(felt);
      const trin = {
        Enter: () => lodret(felt, haendelse.shiftKey ? -1 : 1),
        ArrowDown: () => lodret(felt, 1),
        ArrowUp: () => lodret(felt, -1),
        ArrowLeft: () => (start || alt) && gaaTil(raekker[r][k - 1]),
        ArrowRight: () => (slut || alt) && gaaTil(raekker[r][k + 1]),
      }[haendelse.key];
      if (!trin || (haendelse.shiftKey && haendelse.key !== "Enter")) return;
      const foer = document.activeElement;
      trin();
      if (foer !== document.activeElement || haendelse.key === "Enter") haendelse.preventDefault();
    });

    formular.addEventListener("paste", (haendelse) => {
      const tekst = haendelse.clipboardData?.getData("text/plain") || "";
      if (!plads(haendelse.target) || !/[\t\r\n]/.test(tekst.trim())) return;
      haendelse.preventDefault();
      indsaet(haendelse.target, tekst);
    });

    status?.querySelector("[data-skema-fortryd]").addEventListener("click", () => {
      fortryd.forEach(([felt, vaerdi]) => {
        felt.value = vaerdi;
        skrivFelt(felt);
      });
      meld("Indsætningen er fortrudt.", []);
      beregn();
    });

    formular.addEventListener("input", beregn);
    formular.addEventListener("focusout", (haendelse) => {
      if (felter.includes(haendelse.target)) {
        skrivFelt(haendelse.target);
        beregn();
      }
    });
    formular.addEventListener("change", beregn);
    beregn();
  }

  new Set(find("table[data-skema]", document).map((tabel) => tabel.closest("form"))).forEach(
    (formular) => formular && startSkema(formular),
  );
})();
