// Live answers: the CSRF token goes along, and an answer that did not come replaces the one before it.
import { all, make, one } from "./dom.js";

const LOST = ["پاسخ نرسید", "ارتباط با سامانه برقرار نشد یا خطایی رخ داد. دوباره انتخاب کنید."];
const FORBIDDEN = ["اجازهٔ این کار را ندارید", "اگر باید داشته باشید، از سرپرست بخواهید."];
const EXPIRED = ["نشست شما پایان یافته است", "آنچه نوشته‌اید همین‌جا می‌ماند. در برگه‌ای دیگر وارد شوید و بازگردید."];

// The face's frame says where one signs in and which page gives a token of the present session.
const meta = one('meta[name="csrf-token"]');
const { login: LOGIN, home: HOME } = meta.dataset;

function say(target, [title, text], ...more) {
  const lines = make("div", { class: "grow" }, make("strong", {}, title), make("p", {}, text), ...more);
  one("#answer-brief")?.replaceChildren();
  target.replaceChildren(make("div", { class: "decision tone-red", role: "alert" }, lines));
}

const isLogin = (address) => new URL(address || location.href, location.href).pathname === LOGIN;

function sayExpired(target) {
  const open = make("a", { class: "button button-small", href: LOGIN, target: "_blank", rel: "noopener" }, "ورود");
  const back = make("button", { class: "button button-small", type: "button" }, "وارد شدم");
  back.addEventListener("click", () => takeNewToken(target));
  say(target, EXPIRED, make("p", { class: "segments" }, open, back));
}

// After signing in anew this page's token belongs to the session that ended: take one of the present session.
async function takeNewToken(target) {
  const response = await fetch(HOME);
  if (!response.ok || isLogin(response.url)) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  meta.content = one('meta[name="csrf-token"]', page).content;
  all('input[name="csrf_token"]').forEach((field) => { field.value = meta.content; });
  one("form[hx-post]")?.dispatchEvent(new Event("change", { bubbles: true }));
  target.replaceChildren();
}

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRF-Token"] = meta.content;
});

document.addEventListener("htmx:beforeRequest", (event) => event.detail.target.setAttribute("aria-busy", "true"));
document.addEventListener("htmx:afterRequest", (event) => event.detail.target.removeAttribute("aria-busy"));

document.addEventListener("htmx:beforeSwap", (event) => {
  if (!isLogin(event.detail.xhr.responseURL)) return;
  event.detail.shouldSwap = false;
  sayExpired(event.detail.target);
});

document.addEventListener("htmx:responseError", (event) => {
  const { target, xhr } = event.detail;
  if (xhr.status === 400 || xhr.status === 401) sayExpired(target);
  else say(target, xhr.status === 403 ? FORBIDDEN : LOST);
});

for (const kind of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(kind, (event) => say(event.detail.target, LOST));
}
