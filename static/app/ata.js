/* Preview of an ATA hour (T39) while typing, in the calculator and in the form of a supplement; the server computes it
   again. Fields that belong to one choice are shown with it, and a text can be copied.

   form[data-ata]       with boxes #id_ata_…      [data-ata-takst], [data-ata-uge]   where the figures are shown
   [data-kopier="#x"]   button: copy the text of #x */
(function () {
  "use strict";

  const { Tal } = window;
  const find = (vaelger, rod = document) => Array.from(rod.querySelectorAll(vaelger));

  find("[data-kopier]").forEach((knap) => {
    if (!navigator.clipboard) return;
    knap.hidden = false;
    knap.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.querySelector(knap.dataset.kopier).value);
      knap.textContent = "Kopieret";
    });
  });

  const formular = document.querySelector("form[data-ata]");
  if (!formular || !Tal) return;

  const HUNDREDE = 10000n;
  const valgt = (navn) => formular.querySelector(`input[name="${navn}"]:checked`)?.value || "";

  /* An empty box counts as 0; null when it cannot be read. */
  function laes(navn, laeser, decimaler) {
    const felt = formular.querySelector(`#id_${navn}`);
    if (!felt || felt.value.trim() === "") return 0n;
    const svar = laeser(felt.value, decimaler);
    return svar.ok ? svar.vaerdi : null;
  }

  function ata() {
    const time = laes("ata_timeomkostning", Tal.laesBeloeb, 2);
    const [k, d, v] = ["fravaer", "doegn", "foelge"].map((navn) => laes(`ata_${navn}_pct`, Tal.laesProcent, 2));
    if ([time, k, d, v].includes(null) || time === 0n) return null;
    if (valgt("ata_metode") === "multiplikativ") {
      return Tal.afrundKvotient(time * (HUNDREDE + k) * (HUNDREDE + d + v), HUNDREDE * HUNDREDE);
    }
    return Tal.afrundKvotient(time * (HUNDREDE + d + v + k), HUNDREDE);
  }

  function opdater() {
    find("[data-vis-ved]", formular).forEach((del) => {
      const passer = del.dataset.visVaerdi.split(" ").includes(valgt(del.dataset.visVed));
      /* A box with an error is never hidden from the one who must see it. */
      del.hidden = !passer && !del.querySelector(".form-error");
    });
    const fast = valgt("tillaeg_metode") === "fast_pris";
    const fortegn = valgt("tillaeg_retning") === "fradrag" ? -1n : 1n;
    const takst = fast ? laes("tillaeg_omkostning", Tal.laesBeloeb, 2) || null : ata();
    const [minutter, gange] = ["ata_minutter", "ata_gange"].map((navn) => laes(navn, Tal.laesHeltal));
    const uge = takst !== null && !fast && minutter && gange ? Tal.afrundKvotient(takst * gange * minutter, 60n) : null;
    const vis = (vaelger, oere) =>
      find(vaelger).forEach((celle) => {
        celle.textContent = Tal.skrivKr(oere === null ? null : oere * fortegn, 2);
      });
    vis("[data-ata-takst]", takst);
    vis("[data-ata-uge]", uge);
  }

  formular.addEventListener("input", opdater);
  formular.addEventListener("change", opdater);
  opdater();
})();
