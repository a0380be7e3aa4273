/**
 * Labels in the eleven languages of the AWS console (list: WTFender/aws-sso-extender src/entry/aws-console.ts, 2023 to
 * 2026). English, Japanese, Korean, Spanish and the Chinese ones were seen in documentation, screenshots or public
 * scripts; German, French, Portuguese, Italian and Indonesian follow their pattern and are unverified.
 */

/**
 * @typedef {object} Words
 * @property {string} heading
 * @property {string} code the label of the one box at sign-in
 * @property {[string, string]} pair the labels of the two boxes of the wizard
 * @property {string} submit
 * @property {string} addMfa
 * @property {string} showQrCode
 * @property {string} showSecretKey
 */

/** @type {Readonly<Record<string, Words>>} */
export const WORDS = {
  en: words(
    "Multi-factor authentication",
    "MFA code",
    "Submit",
    "Add MFA",
    "Show QR code",
    "Show secret key",
  ),
  de: words(
    "Multi-Faktor-Authentifizierung",
    "MFA-Code",
    "Absenden",
    "MFA hinzufügen",
    "QR-Code anzeigen",
    "Geheimen Schlüssel anzeigen",
  ),
  es: words(
    "Autenticación multifactor",
    "Código MFA",
    "Enviar",
    "Agregar MFA",
    "Mostrar código QR",
    "Mostrar clave secreta",
  ),
  fr: words(
    "Authentification multifactorielle",
    "Code MFA",
    "Envoyer",
    "Ajouter MFA",
    "Afficher le code QR",
    "Afficher la clé secrète",
  ),
  ja: words(
    "多要素認証",
    "MFA コード",
    "送信",
    "MFA を追加",
    "QR コードを表示",
    "シークレットキーを表示",
  ),
  id: words(
    "Autentikasi multifaktor",
    "Kode MFA",
    "Kirim",
    "Tambahkan MFA",
    "Tampilkan kode QR",
    "Tampilkan kunci rahasia",
  ),
  it: words(
    "Autenticazione a più fattori",
    "Codice MFA",
    "Invia",
    "Aggiungi MFA",
    "Mostra codice QR",
    "Mostra chiave segreta",
  ),
  pt: words(
    "Autenticação multifator",
    "Código MFA",
    "Enviar",
    "Adicionar MFA",
    "Mostrar código QR",
    "Mostrar chave secreta",
  ),
  ko: words("멀티 팩터 인증", "MFA 코드", "제출", "MFA 추가", "QR 코드 표시", "보안 키 표시"),
  "zh-CN": words("多重身份验证", "MFA 代码", "提交", "添加 MFA", "显示二维码", "显示私有密钥"),
  "zh-TW": words("多重要素驗證", "MFA 代碼", "提交", "新增 MFA", "顯示 QR 碼", "顯示私密金鑰"),
};

/**
 * @param {string} heading
 * @param {string} code
 * @param {string} submit
 * @param {string} addMfa
 * @param {string} showQrCode
 * @param {string} showSecretKey
 * @returns {Words}
 */
function words(heading, code, submit, addMfa, showQrCode, showSecretKey) {
  return {
    heading,
    code,
    pair: [`${code} 1`, `${code} 2`],
    submit,
    addMfa,
    showQrCode,
    showSecretKey,
  };
}
