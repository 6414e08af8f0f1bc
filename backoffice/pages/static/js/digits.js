// Persian and Latin digits.
const PERSIAN = "۰۱۲۳۴۵۶۷۸۹";
const ARABIC = "٠١٢٣٤٥٦٧٨٩";

export const toPersian = (value) => String(value).replace(/\d/g, (digit) => PERSIAN[digit]);

export const toLatin = (text) =>
  text.replace(/[۰-۹]/g, (digit) => PERSIAN.indexOf(digit)).replace(/[٠-٩]/g, (digit) => ARABIC.indexOf(digit));
