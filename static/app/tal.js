/* Danish numbers in the browser: the twin of socialaftale/kerne/talformat.py and penge.py.

   The case table fixtures/talformer.json is run against both. Numbers are BigInt in the smallest unit (øre for two
   decimals, tenths of a place for one), never floats, so that a preview agrees with the server to the øre. */
(function (rod) {
  "use strict";

  const UKENDT = "–";
  const MINUS = "−";
  const HAARDT_MELLEMRUM = "\u00a0";
  const MAKS_HELE_CIFRE = 15;
  const MAKS_TEGN = 100;
  const MAANEDER = 12n;

  const M = " \\u00a0\\u2009\\u202f";
  const YDRE = new RegExp(`^[${M}\\t\\r\\n]+|[${M}\\t\\r\\n]+$`, "g");
  const TAL = new RegExp(
    `^([-−–]?)[${M}]*` +
      `([0-9]+|[1-9][0-9]{0,2}(?:\\.[0-9]{3})+|[1-9][0-9]{0,2}(?:[${M}][0-9]{3})+)` +
      "(?:,([0-9]+))?$",
  );
  const SKILLETEGN = new RegExp(`[.${M}]`, "g");
  const KRONER_FORAN = new RegExp(`^([-−–]?)[${M}]*[kK][rR]\\.?[${M}]*`);
  const KRONER_BAGEFTER = new RegExp(`[${M}]*[kK][rR]\\.?$`);
  const PROCENT_BAGEFTER = new RegExp(`[${M}]*(?:%|[pP][cC][tT]\\.?)$`);
  const ANTAL = { 1: "én decimal", 2: "to decimaler", 3: "tre decimaler", 4: "fire decimaler" };

  const ORD = {
    beloeb: { tom: "Indtast et beløb", form: "Skriv beløbet med komma før øre", eksempel: "1.250,50" },
    heleKroner: { tom: "Indtast et beløb", form: "Skriv beløbet i hele kroner", eksempel: "1.250" },
    tal: { tom: "Indtast et tal", form: "Skriv tallet med komma", eksempel: "12,5", forMange: "Skriv højst " },
    heltal: { tom: "Indtast et tal", form: "Skriv et helt tal", eksempel: "1.250" },
    procent: {
      tom: "Indtast en procent",
      form: "Skriv procenten med komma",
      eksempel: "97,5",
      forMange: "Skriv højst ",
    },
    helProcent: { tom: "Indtast en procent", form: "Skriv procenten som et helt tal", eksempel: "95" },
  };

  /* Reading gives {ok: true, vaerdi: BigInt} or {ok: false, besked: the same Danish text as the server's}. */
  function afvis(besked) {
    return { ok: false, besked };
  }

  function laesTekst(tekst, ord, decimaler, fjernEnhed) {
    let rest = String(tekst).replace(YDRE, "");
    if (rest.length > MAKS_TEGN) return afvis("Teksten er for lang til at være et tal");
    rest = fjernEnhed(rest);
    if (rest === "") return afvis(`${ord.tom}, fx ${ord.eksempel}`);
    const fund = TAL.exec(rest);
    if (!fund) return afvis(`${ord.form}, fx ${ord.eksempel}`);
    const hele = fund[2].replace(SKILLETEGN, "").replace(/^0+(?=[0-9])/, "");
    const broekdel = fund[3] || "";
    if (broekdel.length > decimaler) {
      const besked = ord.forMange ? ord.forMange + ANTAL[decimaler] : ord.form;
      return afvis(`${besked}, fx ${ord.eksempel}`);
    }
    if (hele.length > MAKS_HELE_CIFRE) {
      return afvis("Tallet er for stort. Se efter, om der er et ciffer for meget");
    }
    const vaerdi = BigInt(hele + broekdel.padEnd(decimaler, "0"));
    return { ok: true, vaerdi: fund[1] ? -vaerdi : vaerdi };
  }

  function udenKroner(tekst) {
    const foran = KRONER_FORAN.exec(tekst);
    return foran ? foran[1] + tekst.slice(foran[0].length) : tekst.replace(KRONER_BAGEFTER, "");
  }

  function laesBeloeb(tekst, decimaler = 2) {
    return laesTekst(tekst, decimaler ? ORD.beloeb : ORD.heleKroner, decimaler, udenKroner);
  }

  function laesTal(tekst, decimaler = 2) {
    return laesTekst(tekst, decimaler ? ORD.tal : ORD.heltal, decimaler, (rest) => rest);
  }

  function laesHeltal(tekst) {
    return laesTal(tekst, 0);
  }

  function laesProcent(tekst, decimaler = 2) {
    const ord = decimaler ? ORD.procent : ORD.helProcent;
    return laesTekst(tekst, ord, decimaler, (rest) => rest.replace(PROCENT_BAGEFTER, ""));
  }

  /* taeller / naevner rounded half away from zero; null when there is nothing to divide by. */
  function afrundKvotient(taeller, naevner) {
    if (naevner === 0n) return null;
    const negativ = taeller < 0n !== naevner < 0n;
    const t = taeller < 0n ? -taeller : taeller;
    const n = naevner < 0n ? -naevner : naevner;
    const hele = (2n * t + n) / (2n * n);
    return negativ ? -hele : hele;
  }

  function tierpotens(eksponent) {
    return 10n ** BigInt(eksponent);
  }

  /* Scaled value from one number of decimals to another, rounded half up when some are dropped. */
  function skaler(vaerdi, fra, til) {
    return til >= fra ? vaerdi * tierpotens(til - fra) : afrundKvotient(vaerdi, tierpotens(fra - til));
  }

  function iAlt(beloeb) {
    return beloeb.reduce((sum, post) => sum + (post ?? 0n), 0n);
  }

  /* 1.234.567,50 with a true minus; "–" for null. `har` is the decimals the value carries, `vis` those to show. */
  function skriv(vaerdi, har = 2, vis = har) {
    if (vaerdi === null || vaerdi === undefined) return UKENDT;
    const afrundet = skaler(vaerdi, har, vis);
    const cifre = (afrundet < 0n ? -afrundet : afrundet).toString().padStart(vis + 1, "0");
    const hele = cifre.slice(0, cifre.length - vis).replace(/\B(?=([0-9]{3})+$)/g, ".");
    const tekst = vis ? `${hele},${cifre.slice(cifre.length - vis)}` : hele;
    return afrundet < 0n ? MINUS + tekst : tekst;
  }

  function skrivKr(vaerdi, har = 2, vis = har) {
    return vaerdi === null || vaerdi === undefined ? UKENDT : `${skriv(vaerdi, har, vis)}${HAARDT_MELLEMRUM}kr.`;
  }

  function skrivPct(vaerdi, har = 1, vis = har) {
    return vaerdi === null || vaerdi === undefined ? UKENDT : `${skriv(vaerdi, har, vis)}${HAARDT_MELLEMRUM}%`;
  }

  function skrivAendring(pct, har = 1, vis = har) {
    if (pct === null || pct === undefined) return UKENDT;
    const tekst = skriv(pct, har, vis);
    return skaler(pct, har, vis) > 0n ? `+${tekst}` : tekst;
  }

  /* G / (capacity × days × occupancy) in øre, as takster/beregning/takst.py computes it; null when it cannot be.

     grundlagOere is BigInt øre. kapacitet and belaegning are scaled BigInt with the decimals named beside them;
     dage is a whole number, 1 for hours and units. */
  function takst({ grundlagOere, kapacitet, kapacitetDecimaler = 1, dage, belaegning, belaegningDecimaler = 2 }) {
    if ([grundlagOere, kapacitet, belaegning, dage].some((vaerdi) => vaerdi === null || vaerdi === undefined)) {
      return null;
    }
    const hele = BigInt(dage);
    if (kapacitet <= 0n || belaegning <= 0n || hele <= 0n) return null;
    const taeller = grundlagOere * 100n * tierpotens(kapacitetDecimaler + belaegningDecimaler);
    return afrundKvotient(taeller, kapacitet * hele * belaegning);
  }

  function aarspris(takstOere, dage) {
    return takstOere === null || dage === null || dage === undefined ? null : takstOere * BigInt(dage);
  }

  function maanedspris(aarOere) {
    return aarOere === null ? null : afrundKvotient(aarOere, MAANEDER);
  }

  /* The change in percent with `decimaler` decimals against last year's tariff in this year's prices. */
  function aendringPct(takstOere, forrigeOere, decimaler = 1) {
    if (takstOere === null || forrigeOere === null) return null;
    return afrundKvotient((takstOere - forrigeOere) * 100n * tierpotens(decimaler), forrigeOere);
  }

  const Tal = {
    laes: laesBeloeb,
    laesBeloeb,
    laesTal,
    laesHeltal,
    laesProcent,
    skriv,
    skrivKr,
    skrivPct,
    skrivAendring,
    iAlt,
    afrundKvotient,
    skaler,
    takst,
    aarspris,
    maanedspris,
    aendringPct,
  };

  rod.Tal = Tal;
  if (typeof module !== "undefined" && module.exports) module.exports = Tal;
})(typeof window === "undefined" ? globalThis : window);
