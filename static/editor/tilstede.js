/* Tells the server that somebody works in the chapter, and the writer who else does. */
const HVERT = 30000;

export function foelgTilstede(formular, adresse) {
  const boks = document.querySelector("[data-til-stede]");
  const tekst = boks?.querySelector("[data-til-stede-tekst]");
  let arbejder = true;

  async function meld() {
    // Only work counts: an open page nobody looks at must not keep a log-in alive.
    if (!arbejder || document.hidden) return;
    arbejder = false;
    try {
      const svar = await window.Vogt.send(adresse, new FormData(), formular);
      if (!svar.ok) return;
      const { andre, version, rettet_af: rettetAf } = await svar.json();
      if (!boks) return;
      const fra = Number(formular.elements.fra_version.value);
      const linjer = [...andre];
      if (version > fra) linjer.push(`${rettetAf} har gemt version ${version}, siden du åbnede kapitlet`);
      const samlet = linjer.join(". ");
      if (tekst.textContent !== samlet) tekst.textContent = samlet;
      boks.hidden = !linjer.length;
    } catch {
      // Without a connection there is nobody to tell; automatic saving says so.
    }
  }

  ["keydown", "pointerdown", "input"].forEach((slags) =>
    document.addEventListener(slags, () => (arbejder = true), { passive: true }),
  );
  window.setInterval(meld, HVERT);
  meld();
}
