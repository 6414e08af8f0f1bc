// Live answers: the CSRF token goes along, and an answer that did not come replaces the one before it.
import { make, one } from "./dom.js";

const token = one('meta[name="csrf-token"]')?.content;

const WORDS = {
  lost: ["پاسخ نرسید", "ارتباط با سامانه برقرار نشد یا خطایی رخ داد. دوباره انتخاب کنید."],
  expired: ["نشست شما پایان یافته است", "در برگهٔ دیگری وارد شوید و سپس دوباره انتخاب کنید؛ آنچه نوشته‌اید همین‌جا می‌ماند."],
  forbidden: ["اجازهٔ این کار را ندارید", "اگر باید داشته باشید، از سرپرست بخواهید."],
};

function say(target, [title, text]) {
  const lines = [make("strong", {}, title), make("p", {}, text)];
  one("#answer-brief")?.replaceChildren();
  target.replaceChildren(make("div", { class: "decision tone-red", role: "alert" }, make("div", { class: "grow" }, ...lines)));
}

const signedOut = (request) => new URL(request.responseURL || location.href).pathname.endsWith("/login");

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRF-Token"] = token;
});

document.addEventListener("htmx:beforeRequest", (event) => event.detail.target.setAttribute("aria-busy", "true"));
document.addEventListener("htmx:afterRequest", (event) => event.detail.target.removeAttribute("aria-busy"));

document.addEventListener("htmx:beforeSwap", (event) => {
  if (!signedOut(event.detail.xhr)) return;
  event.detail.shouldSwap = false;
  say(event.detail.target, WORDS.expired);
});

document.addEventListener("htmx:responseError", (event) => {
  const status = event.detail.xhr.status;
  say(event.detail.target, status === 401 ? WORDS.expired : status === 403 ? WORDS.forbidden : WORDS.lost);
});

for (const kind of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(kind, (event) => say(event.detail.target, WORDS.lost));
}
