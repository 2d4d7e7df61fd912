import type { Variable } from "./signature.ts";
import { constant } from "./variables.ts";

/** Constants of which only inputs and drawings know: each is the text of its own name. */
const WORDS: Readonly<Record<string, string>> = {
  "plot.style": `
    _line _linebr _stepline _stepline_diamond _steplinebr _histogram _cross _area _areabr
    _columns _circles`,
  "plot.linestyle": "_solid _dashed _dotted",
  "hline.style": "_solid _dotted _dashed",
  "line.style": "_solid _dotted _dashed _arrow_left _arrow_right _arrow_both",
  "label.style": `
    _none _xcross _cross _triangleup _triangledown _flag _circle _arrowup _arrowdown _label_up
    _label_down _label_left _label_right _label_lower_left _label_lower_right _label_upper_left
    _label_upper_right _label_center _labelup _labeldown _square _diamond _text_outline`,
  shape: `
    .xcross .cross .circle .triangleup .triangledown .flag .arrowup .arrowdown .square .diamond
    .labelup .labeldown`,
  location: ".abovebar .belowbar .top .bottom .absolute",
  size: ".auto .tiny .small .normal .large .huge",
  position: `
    .top_left .top_center .top_right .middle_left .middle_center .middle_right .bottom_left
    .bottom_center .bottom_right`,
  text: `
    .align_left .align_center .align_right .align_top .align_bottom .wrap_auto .wrap_none
    .format_none .format_bold .format_italic`,
  extend: ".none .left .right .both",
  xloc: ".bar_index .bar_time",
  yloc: ".price .abovebar .belowbar",
  font: ".family_default .family_monospace",
  display: ".none .all .pane .data_window .price_scale .status_line .pine_screener",
  scale: ".left .right .none",
  format: ".inherit .price .volume .percent .mintick",
  order: ".ascending .descending",
  adjustment: ".none .splits .dividends",
  backadjustment: ".inherit .on .off",
  settlement_as_close: ".inherit .on .off",
  "alert.freq": "_all _once_per_bar _once_per_bar_close",
  dividends: ".gross .net",
  splits: ".numerator .denominator",
  earnings: ".actual .estimate .standardized",
  currency: `
    .NONE .USD .EUR .GBP .JPY .CHF .AUD .CAD .NZD .HKD .SGD .SEK .NOK .DKK .PLN .ZAR .TRY .RUB
    .INR .KRW .CNY .MYR .BTC .ETH .USDT .BRL .MXN .THB .TWD .IDR .PHP .CZK .HUF .ILS .AED .ARS
    .BDT .BHD .CLP .COP .EGP .ISK .KES .KWD .LKR .MAD .NGN .PEN .PKR .QAR .RON .RSD .SAR .TND
    .VES .VND`,
};

export const words = (): readonly Variable[] =>
  Object.entries(WORDS).flatMap(([head, tails]) =>
    tails
      .trim()
      .split(/\s+/)
      .map((tail) => constant(`${head}${tail}`, tail.slice(1))),
  );
