import { generate } from "selfsigned";

/**
 * A self-signed certificate that lives as long as the server. Browsers under test are told to accept it; no
 * certificate authority is installed anywhere.
 * @returns {Promise<{ key: string, cert: string }>}
 */
export async function makeCertificate() {
  const pems = await generate([{ name: "commonName", value: "simulated-aws.invalid" }], {
    keyType: "ec",
    algorithm: "sha256",
    notBeforeDate: new Date(Date.now() - 86_400_000),
    extensions: [
      { name: "subjectAltName", altNames: [{ type: 2, value: "simulated-aws.invalid" }] },
    ],
  });
  return { key: pems.private, cert: pems.cert };
}
