import { describe, expect, test } from "vitest";
import { kindOf, nameOf } from "./qr-kind";

describe("a QR code", () => {
  test("with a key URI is a key, however it is written", () => {
    expect(kindOf("otpauth://totp/a?secret=A")).toBe("keyUri");
    expect(kindOf("OTPAUTH://TOTP/a?secret=A")).toBe("keyUri");
  });

  test("of Google Authenticator is an export", () => {
    expect(kindOf("otpauth-migration://offline?data=A")).toBe("migration");
  });

  test.each([
    ["otpauth-migration://offline?data=A", "qrMigration"],
    ["HTTPS://EXAMPLE.COM", "qrAddress"],
    ["WIFI:S:net;T:WPA;P:secret;;", "qrWifi"],
    ["BEGIN:VCARD\nN:Doe", "qrContact"],
    ["MECARD:N:Doe;;", "qrContact"],
    ["mailto:a@example.com", "qrMail"],
    ["SMSTO:+1:hi", "qrPhone"],
    ["FIDO:/0123456789", "qrPasskey"],
    ["bitcoin:abc", "qrPayment"],
    ["BCD\n002\n1", "qrPayment"],
    ["", "qrBytes"],
    ["see https://example.com", "qrText"],
  ])("%s is named for what it is", (text, name) => {
    expect(nameOf(text)).toBe(name);
    expect(kindOf(text)).not.toBe("keyUri");
  });
});
