// A Jalali date picker: a button beside a typed field opens a grid that keyboard and screen reader can use.
import { toLatin, toPersian } from "./digits.js";
import { all, make, one } from "./dom.js";
import { addMonths, dayNumber, fromDayNumber, isDate, monthLength, today, weekday } from "./jalali.js";

const MONTHS = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split(" ");
const DAYS = ["شنبه", "یکشنبه", "دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه"];
const FRIDAY = 6;

const same = (a, b) => Boolean(a && b) && a.every((part, index) => part === b[index]);
const written = ([year, month, day]) =>
  toPersian([year, String(month).padStart(2, "0"), String(day).padStart(2, "0")].join("/"));

function read(text) {
  const parts = toLatin(text).match(/^\s*(\d{4})\D(\d{1,2})\D(\d{1,2})\s*$/);
  const date = parts && parts.slice(1).map(Number);
  return date && isDate(date) ? date : null;
}

class Calendar {
  constructor(button) {
    this.button = button;
    this.input = one("input", button.parentNode);
    this.chosen = read(this.input.value);
    this.focused = this.chosen ?? today();
    this.popup = make("div", { class: "calendar", role: "dialog", "aria-modal": "true", "aria-label": "انتخاب تاریخ" });
    this.popup.addEventListener("keydown", (event) => this.key(event));
    this.popup.addEventListener("click", (event) => event.stopPropagation());
  }

  open() {
    this.place();
    this.button.parentNode.append(this.popup);
    this.draw();
  }

  place() {
    const box = this.input.getBoundingClientRect();
    this.popup.classList.toggle("above", box.bottom + 380 > innerHeight && box.top > 380);
    const room = document.dir === "rtl" ? box.right : innerWidth - box.left;
    this.popup.classList.toggle("from-end", room < 320);
  }

  close() {
    this.popup.remove();
    this.button.focus();
  }

  pick(date) {
    this.input.value = written(date);
    for (const kind of ["input", "change"]) this.input.dispatchEvent(new Event(kind, { bubbles: true }));
    this.close();
  }

  move(days) {
    this.focused = fromDayNumber(dayNumber(this.focused) + days);
    this.draw();
  }

  turn(months) {
    this.focused = addMonths(this.focused, months);
    this.draw();
  }

  key(event) {
    const forward = document.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = document.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
    const inGrid = Boolean(event.target.closest("td"));
    const steps = {
      [forward]: () => inGrid && this.move(1),
      [back]: () => inGrid && this.move(-1),
      ArrowUp: () => inGrid && this.move(-7),
      ArrowDown: () => inGrid && this.move(7),
      PageUp: () => this.turn(event.shiftKey ? -12 : -1),
      PageDown: () => this.turn(event.shiftKey ? 12 : 1),
      Escape: () => this.close(),
    };
    if (event.key === "Tab") this.keepFocusInside(event);
    if (!steps[event.key]) return;
    event.preventDefault();
    event.stopPropagation();
    steps[event.key]();
  }

  keepFocusInside(event) {
    const stops = all("button", this.popup).filter((button) => button.tabIndex === 0);
    const last = event.shiftKey ? stops[0] : stops.at(-1);
    if (document.activeElement !== last) return;
    event.preventDefault();
    (event.shiftKey ? stops.at(-1) : stops[0]).focus();
  }

  draw() {
    const [year, month] = this.focused;
    const title = make("div", { id: "calendar-title", "aria-live": "polite" }, `${MONTHS[month - 1]} ${toPersian(year)}`);
    const head = make("div", { class: "calendar-head" }, this.turner("ماه قبل", "›", -1), title, this.turner("ماه بعد", "‹", 1));
    const grid = make("table", { role: "grid", "aria-labelledby": "calendar-title" }, this.weekdays(), this.weeks());
    this.popup.replaceChildren(head, grid);
    one('td button[tabindex="0"]', this.popup).focus();
  }

  turner(label, sign, months) {
    const button = make("button", { type: "button", class: "button button-icon button-small", "aria-label": label }, sign);
    button.addEventListener("click", () => {
      this.turn(months);
      one(`[aria-label="${label}"]`, this.popup).focus();
    });
    return button;
  }

  weekdays() {
    const heads = DAYS.map((name) => make("th", { scope: "col", abbr: name }, name[0]));
    return make("thead", {}, make("tr", {}, ...heads));
  }

  weeks() {
    const [year, month] = this.focused;
    const body = make("tbody");
    let row = make("tr", {}, ...Array.from({ length: weekday([year, month, 1]) }, () => make("td")));
    for (let day = 1; day <= monthLength(year, month); day += 1) {
      row.append(this.day([year, month, day]));
      if (weekday([year, month, day]) !== FRIDAY) continue;
      body.append(row);
      row = make("tr");
    }
    if (row.children.length) body.append(row);
    return body;
  }

  day(date) {
    const [year, month, day] = date;
    const label = `${DAYS[weekday(date)]} ${toPersian(day)} ${MONTHS[month - 1]} ${toPersian(year)}`;
    const tabindex = same(date, this.focused) ? 0 : -1;
    const button = make("button", { type: "button", tabindex, "aria-label": label }, toPersian(day));
    button.addEventListener("click", () => this.pick(date));
    const cell = make("td", { role: "gridcell", "aria-selected": same(date, this.chosen) }, button);
    if (weekday(date) === FRIDAY) cell.className = "friday";
    if (same(date, today())) cell.setAttribute("aria-current", "date");
    return cell;
  }
}

document.addEventListener("click", (event) => {
  all(".calendar").forEach((open) => open.remove());
  const button = event.target.closest("[data-calendar]");
  if (button) new Calendar(button).open();
});
