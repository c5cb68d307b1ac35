// A marked passage of the chapter becomes the quotation of the comment; without JavaScript it is copied by hand.
(function () {
  "use strict";
  const kilde = document.querySelector("[data-citatkilde]");
  const knap = document.querySelector("[data-citatknap]");
  const felt = document.getElementById("id_citat");
  if (!kilde || !knap || !felt) return;
  let citat = "";
  knap.hidden = false;
  document.addEventListener("selectionchange", function () {
    const valg = document.getSelection();
    if (!valg || valg.isCollapsed || !kilde.contains(valg.anchorNode) || !kilde.contains(valg.focusNode)) return;
    citat = valg.toString().trim();
  });
  knap.querySelector("button").addEventListener("click", function () {
    if (citat) {
      felt.value = citat;
      felt.dispatchEvent(new Event("input", { bubbles: true }));
    }
    felt.focus();
  });
})();
