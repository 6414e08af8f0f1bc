// The Jalali calendar by its 33-year cycle, right for the years 1178 to 1633. Dates here are [year, month, day].
const DAY = 86400000;

const leapYearsBefore = (year) => Math.floor((8 * year + 21) / 33);
const daysBefore = (year) => 365 * (year - 1) + leapYearsBefore(year);
const daysBeforeMonth = (month) => (month <= 7 ? 31 * (month - 1) : 186 + 30 * (month - 7));

// 1 Farvardin 1400 was 21 March 2021.
const ORIGIN = Date.UTC(2021, 2, 21) / DAY - daysBefore(1400);

export const isLeap = (year) => leapYearsBefore(year + 1) > leapYearsBefore(year);

export function monthLength(year, month) {
  if (month <= 6) return 31;
  return month <= 11 || isLeap(year) ? 30 : 29;
}

// Days since 1 January 1970.
export const dayNumber = ([year, month, day]) => ORIGIN + daysBefore(year) + daysBeforeMonth(month) + day - 1;

export function fromDayNumber(number) {
  let year = Math.floor((number - ORIGIN) / 365.2424) + 2;
  while (dayNumber([year, 1, 1]) > number) year -= 1;
  const inYear = number - dayNumber([year, 1, 1]);
  const month = inYear < 186 ? Math.floor(inYear / 31) + 1 : Math.floor((inYear - 186) / 30) + 7;
  return [year, month, inYear - daysBeforeMonth(month) + 1];
}

// Saturday is 0: 1 January 1970 was a Thursday.
export const weekday = (date) => (((dayNumber(date) + 5) % 7) + 7) % 7;

export function addMonths([year, month, day], count) {
  const months = year * 12 + month - 1 + count;
  const [toYear, toMonth] = [Math.floor(months / 12), (((months % 12) + 12) % 12) + 1];
  return [toYear, toMonth, Math.min(day, monthLength(toYear, toMonth))];
}

export function isDate([year, month, day]) {
  return year >= 1178 && year <= 1633 && month >= 1 && month <= 12 && day >= 1 && day <= monthLength(year, month);
}

// Today in Tehran, whatever the clock of this machine says about its place.
export function today() {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Tehran" }).format(new Date()).split("-").map(Number);
  return fromDayNumber(Date.UTC(parts[0], parts[1] - 1, parts[2]) / DAY);
}
