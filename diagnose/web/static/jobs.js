// Keeps a job's bar moving and shows the page anew once the job has ended.
(() => {
  const place = document.querySelector("[data-job]");
  if (!place) return;
  const words = place.querySelector("p");
  const bar = place.querySelector("progress");

  const look = async () => {
    try {
      const answer = await fetch(place.dataset.job, { headers: { Accept: "application/json" } });
      if (!answer.ok || answer.redirected) return window.location.reload();
      const job = await answer.json();
      if (job.ended) return window.location.reload();
      if (words.textContent !== job.words) words.textContent = job.words;
      if (job.total) { bar.max = job.total; bar.value = job.done; }
    } catch { /* The service is restarting; it is asked again. */ }
    setTimeout(look, 1500);
  };
  setTimeout(look, 1500);
})();
