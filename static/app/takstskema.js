/* What only the takstskema needs on top of skema.js: occupancy from activity and capacity (T18, T21, T61), fields that
   belong to one choice, and copying last year's amounts. The server computes all of it again. */
(function () {
  "use strict";

  const { Tal } = window;
  const formular = document.querySelector("form[data-takstskema]");
  if (!formular || !Tal) return;

  const find = (vaelger) => Array.from(formular.querySelectorAll(vaelger));
  const valgt = (navn) => formular.querySelector(`input[name="${navn}"]:checked`)?.value || "";
  const pctfelt = formular.querySelector("#id_belaegning_pct");
  const skema = formular.querySelector("[data-belaegning]");
  const PCT_DECIMALER = 2;
  let selvskrevet = null;

  function laes(id) {
    const felt = formular.querySelector(`#id_${id}`);
    if (!felt || felt.value.trim() === "") return null;
    const svar = Tal.laesTal(felt.value, 2);
    return svar.ok ? svar.vaerdi : null;
  }

  /* 100 × part / whole with two decimals, as penge.afrund_kvotient rounds it. */
  function procent(del, helhed) {
    if (del === null || helhed === null || helhed <= 0n) return null;
    return Tal.afrundKvotient(del * 100n * 10n ** BigInt(PCT_DECIMALER), helhed);
  }

  function aarstal() {
    const aar = Number(skema.dataset.takstaar);
    const afsluttede = valgt("belaegningsgrundlag") === "afsluttede";
    const nyeste = afsluttede ? aar - 2 : aar - 1;
    return [`${nyeste}${afsluttede ? "" : " (forventet)"}`, String(nyeste - 1)];
  }

  function beregnet() {
    const aarene = ["t1", "t2"].map((nr) => procent(laes(`aktivitet_${nr}`), laes(`kapacitet_${nr}`)));
    aarene.forEach((pct, i) => {
      skema.querySelector(`[data-belaegningspct="${i + 1}"]`).textContent = Tal.skriv(pct, PCT_DECIMALER);
      skema.querySelector(`[data-belaegningsaar="${i + 1}"]`).textContent = aarstal()[i];
    });
    if (valgt("belaegningsprincip") === "beregnet") {
      return aarene.includes(null) ? null : Tal.afrundKvotient(aarene[0] + aarene[1], 2n);
    }
    if (valgt("belaegningsprincip") === "nyt_tilbud") return procent(laes("forventede_borgere"), laes("pladser"));
    return null;
  }

  /* Fill in the occupancy where it follows from the choice; what the user has written there stays. */
  function opdaterBelaegning() {
    const pct = beregnet();
    const egen = pctfelt.value.trim() !== "" && pctfelt.value !== selvskrevet;
    if (egen || pct === null || pct <= 0n) return;
    const ny = Tal.skriv(pct, PCT_DECIMALER).replace(/,?0+$/, "");
    if (pctfelt.value === ny) return;
    selvskrevet = ny;
    pctfelt.value = ny;
    pctfelt.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function visEllerSkjul() {
    find("[data-vis-ved]").forEach((del) => {
      const vaerdi = valgt(del.dataset.visVed);
      const passer = del.dataset.visVaerdi.split(" ").includes(vaerdi);
      /* A box with an error or a figure is never hidden from the one who must see it. */
      del.hidden = !passer && !del.querySelector(".form-error");
    });
  }

  /* T54: a pension that follows from the wages is computed; its line can be read and not typed in. */
  const pension = formular.querySelector("#id_linje_A70");

  function opdaterPension() {
    if (!pension) return;
    const beregnes = valgt("pensionsmetode") === "pct25";
    pension.readOnly = beregnes;
    const felt = formular.querySelector("#id_tjenestemandsloen");
    const loen = felt && felt.value.trim() !== "" ? Tal.laesBeloeb(felt.value, 2) : { ok: false };
    if (!beregnes || !loen.ok) return;
    const [hele, broek = ""] = formular.dataset.pensionPct.split(".");
    const oere = Tal.afrundKvotient(loen.vaerdi * BigInt(hele + broek), 100n * 10n ** BigInt(broek.length));
    const ny = Tal.skriv(oere, 2, oere % 100n === 0n ? 0 : 2);
    if (pension.value === ny) return;
    pension.value = ny;
    pension.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function opdater() {
    visEllerSkjul();
    opdaterBelaegning();
    opdaterPension();
  }

  const kopier = formular.querySelector("[data-kopier-sidste-aar]");
  if (kopier) {
    kopier.hidden = false;
    kopier.addEventListener("click", () => {
      let antal = 0;
      find("tr[data-foer]").forEach((raekke) => {
        const felt = raekke.querySelector("input[data-tal]");
        if (!felt || felt.value.trim() !== "" || raekke.dataset.foer === "") return;
        const [hele, broek = ""] = raekke.dataset.foer.split(".");
        const oere = BigInt(hele + broek.padEnd(2, "0").slice(0, 2));
        felt.value = Tal.skriv(oere, 2, oere % 100n === 0n ? 0 : 2);
        antal += 1;
      });
      const status = formular.querySelector("[data-skema-status]");
      status.hidden = false;
      status.querySelector("[role=status]").textContent = antal
        ? `${antal} beløb er kopieret. Ret dem til dette års budget.`
        : "Der var ingen tomme felter at kopiere til.";
      formular.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }

  /* The check beside the form: asked for when the typing pauses, and only the newest answer is shown. */
  const kontrol = formular.querySelector("[data-kontrol-url]");
  const PAUSE_MS = 700;
  let ur = 0;
  let nummer = 0;

  async function kontroller() {
    nummer += 1;
    const mit = nummer;
    const svar = await window.Vogt.send(kontrol.dataset.kontrolUrl, new FormData(formular), formular);
    if (mit === nummer && svar.ok && !svar.redirected) kontrol.innerHTML = await svar.text();
  }

  function kontrollerSnart() {
    window.clearTimeout(ur);
    ur = window.setTimeout(() => kontroller().catch(() => {}), PAUSE_MS);
  }

  formular.addEventListener("input", (haendelse) => haendelse.target !== pctfelt && opdater());
  formular.addEventListener("change", opdater);
  opdater();
  if (kontrol) {
    formular.addEventListener("input", kontrollerSnart);
    formular.addEventListener("change", kontrollerSnart);
  }
})();
