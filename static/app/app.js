/* Behaviour of the frame, through data attributes only (the CSP forbids inline code). Every page works without it.

   data-vogt            form: warn before leaving with unsaved changes ("beskidt": unsaved from the start)
   data-autogem-url     form: save the draft while it has changes: every 30 seconds, and when the window is left
   data-bekraeft        button or link: ask first (komponenter/bekraeft.html)
   data-job-url         follow a job (see komponenter/job.html)
   data-udskriv         button: print          data-fold-smal   details: closed below that width */
(function () {
  "use strict";

  const find = (vaelger, rod = document) => Array.from(rod.querySelectorAll(vaelger));
  const sessionsvindue = document.getElementById("session");
  const nu = () => Date.now();

  if (window.DKFDS) window.DKFDS.init();

  /* CSRF: log-in in another window changes the token, so take it from the cookie when a form is sent. */
  function csrfToken(formular) {
    const navn = sessionsvindue?.dataset.csrfCookie || "csrftoken";
    const kage = document.cookie.split("; ").find((del) => del.startsWith(`${navn}=`));
    return kage ? kage.slice(navn.length + 1) : formular?.elements.csrfmiddlewaretoken?.value || "";
  }

  function send(url, indhold, formular) {
    const headers = { "X-CSRFToken": csrfToken(formular), Accept: "application/json" };
    // A page that is being left: the browser sends what is small enough also after it has gone.
    const stoerrelse = Array.from(indhold.values()).reduce((sum, v) => sum + (v.size || encodeURIComponent(v).length), 0);
    const keepalive = document.hidden && stoerrelse < 50000;
    const mere = { credentials: "same-origin", redirect: "manual", keepalive };
    return fetch(url, { method: "POST", body: indhold, headers, ...mere });
  }

  /* Unsaved changes. */
  const rene = new Map();

  function aftryk(formular) {
    const par = Array.from(new FormData(formular).entries()).filter(([navn]) => navn !== "csrfmiddlewaretoken");
    return JSON.stringify(par.map(([navn, v]) => [navn, typeof v === "string" ? v : `${v.name}:${v.size}`]));
  }

  const Vogt = {
    beskidt: (formular) => rene.has(formular) && rene.get(formular) !== aftryk(formular),
    noget: () => Array.from(rene.keys()).some(Vogt.beskidt),
    /* Say that a form is saved: as it is now, or as it was when it was sent. */
    gemt: (formular, tilstand = aftryk(formular)) => rene.set(formular, tilstand),
    aftryk,
    send,
  };
  window.Vogt = Vogt;

  find("form[data-vogt]").forEach((formular) => {
    rene.set(formular, formular.dataset.vogt === "beskidt" ? "" : aftryk(formular));
  });
  window.addEventListener("beforeunload", (haendelse) => {
    if (!Vogt.noget()) return;
    haendelse.preventDefault();
    haendelse.returnValue = "";
  });

  document.addEventListener("submit", (haendelse) => {
    const formular = haendelse.target;
    if (haendelse.defaultPrevented || formular.method !== "post") return;
    if (formular.dataset.sendes) {
      haendelse.preventDefault();
      return;
    }
    const felt = formular.elements.csrfmiddlewaretoken;
    if (felt) felt.value = csrfToken(formular);
    formular.dataset.sendes = "1";
    rene.delete(formular);
    window.setTimeout(() => delete formular.dataset.sendes, 8000);
  });
  window.addEventListener("pageshow", () => find("form[data-sendes]").forEach((form) => delete form.dataset.sendes));

  /* Saving drafts. The answer is JSON: {besked, felter: {name: value}}; felter are hidden fields to keep up to date. */
  function startAutogem(formular) {
    const status = formular.querySelector("[data-autogem-status]");
    const fejl = formular.querySelector("[data-autogem-fejl]");
    const fejltekst = fejl?.querySelector("[data-autogem-tekst]");
    const standardtekst = fejltekst?.textContent;
    let iGang = false;

    function visFejl(tekst) {
      if (status) status.textContent = "";
      if (fejltekst) fejltekst.textContent = tekst || standardtekst;
      if (fejl) fejl.hidden = false;
    }

    async function gem() {
      if (iGang || formular.dataset.sendes || !Vogt.beskidt(formular)) return;
      iGang = true;
      const sendt = aftryk(formular);
      const indhold = new FormData(formular);
      indhold.set("autogem", "1");
      try {
        const svar = await send(formular.dataset.autogemUrl, indhold, formular);
        const json = (svar.headers.get("Content-Type") || "").includes("json") ? await svar.json() : {};
        if (!svar.ok) {
          visFejl(json.besked);
          return;
        }
        const felter = Object.entries(json.felter || {});
        const uaendret = sendt === aftryk(formular);
        felter.forEach(([navn, vaerdi]) => {
          if (formular.elements[navn]?.type === "hidden") formular.elements[navn].value = vaerdi;
        });
        if (rene.has(formular)) Vogt.gemt(formular, uaendret ? aftryk(formular) : sendt);
        if (fejl) fejl.hidden = true;
        const klokken = new Date().toLocaleTimeString("da-DK", { hour: "2-digit", minute: "2-digit" });
        if (status) status.textContent = `Gemt kl. ${klokken.replace(":", ".")}`;
        fornyet(Number(sessionsvindue?.dataset.session));
      } catch {
        visFejl();
      } finally {
        iGang = false;
      }
    }

    if (!rene.has(formular)) rene.set(formular, aftryk(formular));
    window.setInterval(gem, Number(formular.dataset.autogemSekunder || 30) * 1000);
    document.addEventListener("visibilitychange", () => document.hidden && gem());
    window.addEventListener("blur", gem);
  }
  find("form[data-autogem-url]").forEach(startAutogem);

  /* Asking before what cannot be undone. */
  const bekraeftvindue = document.getElementById("bekraeft");
  let spurgt = null;
  let bekraeftet = null;

  document.addEventListener(
    "click",
    (haendelse) => {
      const knap = haendelse.target.closest("[data-bekraeft]");
      if (!knap || knap === bekraeftet || !bekraeftvindue || !window.DKFDS) return;
      haendelse.preventDefault();
      haendelse.stopPropagation();
      spurgt = knap;
      bekraeftvindue.querySelector("#bekraeft-titel").textContent = knap.dataset.bekraeft;
      bekraeftvindue.querySelector("#bekraeft-tekst").textContent =
        knap.dataset.bekraeftTekst || "Handlingen kan ikke fortrydes.";
      const ja = bekraeftvindue.querySelector("[data-bekraeft-ja]");
      ja.textContent = knap.dataset.bekraeftKnap || knap.textContent.trim();
      ja.classList.toggle("button-warning", "bekraeftSletter" in knap.dataset);
      ja.classList.toggle("button-primary", !("bekraeftSletter" in knap.dataset));
      new window.DKFDS.Modal(bekraeftvindue).show({ target: knap });
    },
    true,
  );
  bekraeftvindue?.querySelector("[data-bekraeft-ja]").addEventListener("click", () => {
    new window.DKFDS.Modal(bekraeftvindue).hide();
    bekraeftet = spurgt;
    spurgt.click();
    bekraeftet = null;
  });

  /* The log-in's lifetime; all windows of the browser share it. */
  const kanal = "BroadcastChannel" in window ? new BroadcastChannel("session") : null;
  let udloeb = nu() + Number(sessionsvindue?.dataset.session || 0) * 1000;
  let vist = false;

  function fornyet(sekunder, fortael = true) {
    if (!sessionsvindue || !sekunder) return;
    udloeb = nu() + sekunder * 1000;
    if (vist) new window.DKFDS.Modal(sessionsvindue).hide();
    vist = false;
    if (fortael && kanal) kanal.postMessage(sekunder);
  }

  function startSession() {
    const data = sessionsvindue.dataset;
    const laengde = Number(data.session) * 1000;
    const varsel = Math.min(Number(data.sessionVarsel) * 1000, laengde / 2);
    const ur = sessionsvindue.querySelector("[data-session-nedtaelling]");
    const vindue = new window.DKFDS.Modal(sessionsvindue);
    let slut = false;

    function trin(navn) {
      find("[data-session-trin]", sessionsvindue).forEach((del) => (del.hidden = del.dataset.sessionTrin !== navn));
    }

    function loggetAf() {
      slut = true;
      const her = window.location.pathname + window.location.search;
      if (!Vogt.noget()) {
        window.location.assign(`${data.sessionLogin}?udloebet=1&next=${encodeURIComponent(her)}`);
        return;
      }
      trin("slut");
      if (!vist) vindue.show();
      sessionsvindue.querySelector("[data-session-trin=slut] .modal-title").focus();
    }

    function tik() {
      const tilbage = udloeb - nu();
      if (slut || tilbage > varsel) return;
      if (tilbage <= 0) {
        loggetAf();
        return;
      }
      const sekunder = Math.ceil(tilbage / 1000);
      ur.textContent = sekunder > 60 ? `${Math.ceil(sekunder / 60)} min.` : `${sekunder} sek.`;
      if (vist) return;
      vist = true;
      sessionsvindue.querySelector("[data-session-beskidt]").hidden = !Vogt.noget();
      trin("snart");
      vindue.show();
    }

    sessionsvindue.querySelector("[data-session-forny]").addEventListener("click", async () => {
      try {
        const svar = await send(data.sessionHold, new FormData());
        if (!svar.ok) throw new Error(String(svar.status));
        fornyet((await svar.json()).sekunder);
      } catch {
        loggetAf();
      }
    });
    sessionsvindue.querySelector("[data-session-log-af]").addEventListener("click", () => {
      rene.clear();
      document.getElementById("session-log-af").requestSubmit();
    });
    if (kanal) {
      kanal.onmessage = (besked) => fornyet(Number(besked.data), false);
      kanal.postMessage(Number(data.session));
    }
    window.setInterval(tik, 1000);
  }
  if (sessionsvindue && window.DKFDS && Number(sessionsvindue.dataset.session)) startSession();

  /* Jobs. */
  function foelgJob(boks) {
    const maaler = boks.querySelector("[data-job-procent]");
    const besked = boks.querySelector("[data-job-besked]");
    const afbrudt = boks.querySelector("[data-job-fejl]");
    let pause = 2000;

    async function spoerg() {
      try {
        const svar = await fetch(boks.dataset.jobUrl, { headers: { Accept: "application/json" }, redirect: "manual" });
        if (!svar.ok) throw new Error(String(svar.status));
        const job = await svar.json();
        pause = 2000;
        afbrudt.hidden = true;
        maaler.value = job.procent;
        if (besked.textContent !== job.besked) besked.textContent = job.besked;
        if (job.tilstand === "faerdig" || job.tilstand === "fejlet") {
          if (job.tilstand === "faerdig" && job.url) window.location.assign(job.url);
          else window.location.reload();
          return;
        }
      } catch {
        afbrudt.hidden = false;
        pause = Math.min(pause * 2, 30000);
      }
      window.setTimeout(spoerg, pause);
    }
    window.setTimeout(spoerg, pause);
  }
  find("[data-job-url]").forEach(foelgJob);

  /* Small things. */
  find("[data-kopier-link]").forEach((knap) => {
    if (!navigator.clipboard) return;
    knap.hidden = false;
    knap.addEventListener("click", async () => {
      const link = new URL(knap.dataset.kopierLink, window.location.href);
      await navigator.clipboard.writeText(link.href);
      if (knap.dataset.kopieret) return;
      const foer = [...knap.childNodes];
      knap.dataset.kopieret = "ja";
      knap.textContent = "Linket er kopieret";
      window.setTimeout(() => {
        knap.replaceChildren(...foer);
        delete knap.dataset.kopieret;
      }, 3000);
    });
  });
  find("[data-udskriv]").forEach((knap) => {
    knap.hidden = false;
    knap.addEventListener("click", () => window.print());
  });
  find("details[data-fold-smal]").forEach((boks) => {
    const smal = window.matchMedia(`(max-width: ${Number(boks.dataset.foldSmal) - 0.02}px)`);
    const fold = () => (boks.open = !smal.matches);
    fold();
    smal.addEventListener("change", fold);
  });
})();
