"use strict";
/** Where the page is served: follows what the server tells. Small changes come with the event; for results the page is read again. */
(() => {
  const data = () => assay.data;
  let places = new Map(), isDrawn = true;
  const index = () => { places = new Map(data().trials.hash.map((hash, i) => [hash, i])); };

  function standings(changed) {
    changed.forEach(([hash, state, progress]) => {
      const trial = places.get(hash);
      if (trial === undefined) return;
      data().trials.state[trial] = state;
      data().trials.progress[trial] = progress;
    });
    if (!isDrawn) return;
    // However many events come, a frame draws once.
    isDrawn = false;
    requestAnimationFrame(() => { isDrawn = true; assay.page.progress(); });
  }

  let reading = false, again = false;
  async function results() {
    if (reading) { again = true; return; }
    reading = true;
    try {
      const fresh = new DOMParser().parseFromString(await (await fetch("/")).text(), "text/html");
      assay.data = JSON.parse(fresh.getElementById("data").textContent);
      document.querySelectorAll("[data-live]").forEach(old => {
        const now = fresh.getElementById(old.id);
        if (now && now.innerHTML !== old.innerHTML) old.replaceChildren(...now.childNodes);
      });
      index();
      assay.page.renew();
    } catch (e) {
      // The server is gone or restarts: the next event tells.
    }
    await new Promise(done => setTimeout(done, 2000));
    reading = false;
    if (again) { again = false; results(); }
  }

  index();
  const events = new EventSource("/events");
  let isFirst = true;
  events.addEventListener("open", () => { if (!isFirst) results(); isFirst = false; document.body.dataset.live = "on"; });
  events.addEventListener("error", () => { document.body.dataset.live = "off"; });
  events.addEventListener("standings", event => standings(JSON.parse(event.data)));
  events.addEventListener("results", results);
})();
