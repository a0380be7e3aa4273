/** The words of the interface in every language, by BCP 47 tag. */

import german from "../../../_locales/de/messages.json";
import english from "../../../_locales/en/messages.json";
import spanish from "../../../_locales/es/messages.json";
import french from "../../../_locales/fr/messages.json";
import indonesian from "../../../_locales/id/messages.json";
import italian from "../../../_locales/it/messages.json";
import japanese from "../../../_locales/ja/messages.json";
import korean from "../../../_locales/ko/messages.json";
import portuguese from "../../../_locales/pt_BR/messages.json";
import simplifiedChinese from "../../../_locales/zh_CN/messages.json";
import traditionalChinese from "../../../_locales/zh_TW/messages.json";
import type { Catalogue } from "../../words/catalogue-words";

export const catalogues: Record<string, Catalogue> = {
  de: german,
  en: english,
  es: spanish,
  fr: french,
  id: indonesian,
  it: italian,
  ja: japanese,
  ko: korean,
  "pt-BR": portuguese,
  "zh-CN": simplifiedChinese,
  "zh-TW": traditionalChinese,
};
