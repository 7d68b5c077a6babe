// Tells of a file that is too large when it is chosen, before minutes are spent on sending it.
(function () {
  "use strict";
  const { sentence, most } = document.currentScript.dataset;

  function check(input) {
    const old = document.getElementById(input.id + "-size");
    if (old) old.remove();
    const large = Array.from(input.files).some((file) => file.size > Number(most));
    input.setCustomValidity(large ? sentence : "");
    input.classList.toggle("is-invalid", large);
    if (!large) return;
    const told = document.createElement("p");
    told.id = input.id + "-size";
    told.className = "problem";
    told.setAttribute("role", "alert");
    told.textContent = sentence;
    input.before(told);
  }

  document.querySelectorAll('input[type="file"]').forEach((input) => {
    input.addEventListener("change", () => check(input));
    input.form.addEventListener("submit", (event) => {
      if (!input.checkValidity()) {
        event.preventDefault();
        input.focus();
      }
    });
  });
})();
