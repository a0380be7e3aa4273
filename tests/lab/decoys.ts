/** Other fields that a page may show beside the one for the MFA code. */

export type Decoy = {
  labels: readonly string[];
  /** What programmers might call it; sometimes it is kept, sometimes dropped. */
  name: string;
  attributes?: Readonly<Record<string, string>>;
};

const CODE_SHAPE = { inputmode: "numeric", maxlength: "6", autocomplete: "one-time-code" };

export const decoys: readonly Decoy[] = [
  {
    name: "captcha-input",
    labels: [
      "Type the characters seen in the image",
      "Enter the characters from the image above",
      "Captcha",
    ],
    attributes: { maxlength: "6", autocomplete: "off" },
  },
  {
    name: "email-code",
    labels: [
      "Code from the e-mail",
      "Email verification code",
      "Code aus der E-Mail",
      "Código enviado por correo electrónico",
      "Code reçu par e-mail",
      "Codice inviato via e-mail",
      "Kode dari email",
      "Código enviado por e-mail",
      "メールで届いたコード",
      "이메일로 받은 코드",
      "电子邮件中的代码",
      "電子郵件中的代碼",
    ],
    attributes: CODE_SHAPE,
  },
  {
    name: "sms-code",
    labels: [
      "SMS MFA code",
      "SMS-Code",
      "Code from the text message",
      "Código por SMS",
      "SMS コード",
      "문자 메시지 코드",
      "短信代码",
      "簡訊代碼",
    ],
    attributes: CODE_SHAPE,
  },
  { name: "search", labels: ["Search", "Filter users by MFA", "Search services, features, MFA"] },
  {
    name: "serial-number",
    labels: ["MFA device serial number", "Serial number", "Seriennummer des MFA-Geräts"],
  },
  {
    name: "device-name",
    labels: ["Device name", "MFA device name", "Name des MFA-Geräts", "MFA デバイス名"],
  },
  { name: "username", labels: ["IAM user name", "Username", "Benutzername"] },
  { name: "account", labels: ["Account ID (12 digits) or account alias", "Konto-ID"] },
  {
    name: "promo",
    labels: ["Promo code", "Postal code"],
    attributes: { inputmode: "numeric", maxlength: "6" },
  },
  { name: "phone", labels: ["Phone number", "Telefonnummer"], attributes: { type: "tel" } },
];
