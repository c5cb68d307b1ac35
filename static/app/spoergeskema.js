/* Questionnaires. Without it every question stands on the page with its condition in words, and every group of the
   builder is open.
   data-skemasvar       form whose questions may hang on each other: [data-spoergsmaal][data-paa]
   data-byg-spoergsmaal the builder's form: [data-for-art] is shown for those kinds of question, [data-for-linjer] for
                        that source of rows */
(function () {
  "use strict";

  const find = (vaelger, rod = document) => Array.from(rod.querySelectorAll(vaelger));

  function startSvar(formular) {
    const spoergsmaal = new Map(find("[data-spoergsmaal]", formular).map((el) => [el.dataset.spoergsmaal, el]));

    /* What is answered now, part by part; of yes/no only the answer itself. */
    function dele(el) {
      return find("input, select, textarea", el)
        .filter((felt) => felt.name.startsWith("q-") && !felt.name.endsWith("-uddybning"))
        .filter((felt) => !["radio", "checkbox"].includes(felt.type) || felt.checked)
        .map((felt) => felt.value.trim())
        .filter(Boolean);
    }

    const tal = (tekst) => Number(tekst.replace(/[.\s]/g, "").replace(",", "."));

    function opfyldt(el, kilde) {
      const svar = dele(kilde);
      const { operator, vaerdi } = el.dataset;
      if (!svar.length) return false;
      if (operator === "besvaret") return true;
      if (operator === "stoerre_end") return svar.some((del) => tal(del) > Number(vaerdi.replace(",", ".")));
      if (operator === "indeholder") return svar.includes(vaerdi);
      return (svar[0] === vaerdi) === (operator === "er");
    }

    function opdater() {
      spoergsmaal.forEach((el) => {
        const kilde = spoergsmaal.get(el.dataset.paa);
        if (!kilde) return;
        const note = el.querySelector(".spoergsmaal-naar");
        if (note) note.hidden = true;
        // A question that has an error is never hidden: the summary leads to it.
        el.hidden = (kilde.hidden || !opfyldt(el, kilde)) && !el.classList.contains("har-fejl");
      });
    }

    formular.addEventListener("input", opdater);
    formular.addEventListener("change", opdater);
    opdater();
  }
  find("form[data-skemasvar]").forEach(startSvar);

  function startBygger(formular) {
    const art = formular.elements.art;
    const betingelse = formular.elements.betingelse_noegle;
    const grupper = find("[data-for-art]", formular);
    const kilde = formular.elements.raekkekilde;
    const linjer = find("[data-for-linjer]", formular);
    const naar = formular.querySelector("[data-naar-betinget]");

    function opdater() {
      grupper.forEach((gruppe) => {
        const fejl = gruppe.querySelector(".form-error");
        gruppe.hidden = !fejl && !gruppe.dataset.forArt.split(" ").includes(art.value);
      });
      linjer.forEach((del) => {
        del.hidden = !del.querySelector(".form-error") && del.dataset.forLinjer !== kilde.value;
      });
      naar.hidden = !betingelse.value && !naar.querySelector(".form-error");
    }

    art.addEventListener("change", opdater);
    kilde.addEventListener("change", opdater);
    betingelse.addEventListener("change", opdater);
    opdater();
  }
  find("form[data-byg-spoergsmaal]").forEach(startBygger);
})();
