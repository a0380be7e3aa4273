"""Writes the files of other programs that the importer is tested with, and what each holds.

It shares no code with the importer: the formats are written from their documents with the
packages `cryptography`, `PyNaCl` and `pyzipper`, and codes are computed with the standard library.
See README.md. Every secret is made up. Salts and nonces are drawn from a fixed seed, so that a
second run changes no file.
"""

import base64
import csv
import hashlib
import hmac
import io
import json
import struct
import sys
import zipfile
from pathlib import Path
from urllib.parse import quote, urlencode

import nacl.bindings as sodium
import pyzipper
from cryptography.hazmat.primitives import hashes, padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

OUT = Path(__file__).parent / "fixtures"
AT = 1111111109
PASSPHRASE = "correct horse Türschlüssel"
written = set()


# Random bytes that are the same in each run.
class Random:
    def __init__(self, seed):
        self.seed, self.count = seed, 0

    def __call__(self, length):
        out = b""
        while len(out) < length:
            self.count += 1
            out += hashlib.sha256(f"{self.seed}/{self.count}".encode()).digest()
        return out[:length]


def secret_of(name, length=20):
    return Random("secret of " + name)(length)


def b32(raw):
    return base64.b32encode(raw).decode().rstrip("=")


def b64(raw):
    return base64.b64encode(raw).decode()


class Code:
    """One entry, and what a reader has to make of it."""

    def __init__(self, issuer, account, *, kind="totp", algorithm="SHA1", digits=6, period=30,
                 counter=None, length=20, note=None):
        self.issuer, self.account, self.kind, self.algorithm = issuer, account, kind, algorithm
        self.digits, self.period, self.counter, self.note = digits, period, counter, note
        self.raw = secret_of(f"{issuer} {account}", length)

    @property
    def secret(self):
        return b32(self.raw)

    def code(self):
        moving = self.counter if self.kind == "hotp" else AT // self.period
        mac = hmac.new(self.raw, struct.pack(">Q", moving), self.algorithm.lower()).digest()
        at = mac[-1] & 15
        number = struct.unpack(">I", mac[at:at + 4])[0] & 0x7FFFFFFF
        return str(number % 10 ** self.digits).zfill(self.digits)

    def expected(self, **changes):
        view = {"label": self.account, "issuer": self.issuer, "type": self.kind,
                "algorithm": self.algorithm, "digits": self.digits,
                "period": self.period if self.kind == "totp" else None, "code": self.code()}
        if self.kind == "hotp":
            view["counter"] = self.counter
        if self.note:
            view["note"] = self.note
        return {**view, **changes}

    def uri(self, *, label=None, **more):
        label = label if label is not None else f"{quote(self.issuer)}:{quote(self.account)}"
        query = {"secret": self.secret, "issuer": self.issuer}
        if self.algorithm != "SHA1":
            query["algorithm"] = self.algorithm
        if self.digits != 6:
            query["digits"] = self.digits
        if self.kind == "hotp":
            query["counter"] = self.counter
        elif self.period != 30:
            query["period"] = self.period
        return f"otpauth://{self.kind}/{label}?{urlencode({**query, **more}, quote_via=quote)}"


AWS = Code("Amazon Web Services", "alice@123456789012", length=40)
ROOT = Code("Amazon Web Services", "root-account-mfa-device@example-alias", length=40)
SHA256 = Code("Käsekönig", "bob@example.com", algorithm="SHA256", digits=8, period=60, length=32)
SHA512 = Code("Example: Ltd", "carol", algorithm="SHA512", digits=7, length=64)
HOTP = Code("Counter & Co", "dora", kind="hotp", counter=7)
STEAM = Code("Steam", "gaben", digits=5)
ALL = [AWS, SHA256, SHA512, HOTP]
REFUSED_STEAM = {"entry": "Steam: gaben", "reason": "Steam codes are not supported"}
STEAM_URI = f"otpauth://steam/Steam:gaben?secret={STEAM.secret}&issuer=Steam&digits=5"


def write(name, content, *, format=None, entries=(), refused=(), error=None, passphrase=None,
          **more):
    """Writes a file and, beside it, what it holds or why it cannot be read."""
    content = content.encode() if isinstance(content, str) else content
    assert name not in written, name
    written.add(name)
    expected = {"source": "made by make_fixtures.py"}
    if passphrase is not None:
        expected["passphrase"] = passphrase
    if error:
        expected["error"] = error
    else:
        entries = [e.expected() if isinstance(e, Code) else e for e in entries]
        expected["report"] = {"format": format, "entries": entries, "refused": list(refused), **more}
    OUT.mkdir(exist_ok=True)
    (OUT / name).write_bytes(content)
    text = json.dumps(expected, indent=2, ensure_ascii=False) + "\n"
    (OUT / f"{name}.expected.json").write_text(text)


def pretty(value):
    return json.dumps(value, indent=4, ensure_ascii=False)


def argon2id(passphrase, salt, *, kib, passes, lanes, length=32):
    kdf = Argon2id(salt=salt, length=length, iterations=passes, lanes=lanes, memory_cost=kib)
    return kdf.derive(passphrase if isinstance(passphrase, bytes) else passphrase.encode())


def pbkdf2(algorithm, passphrase, salt, rounds):
    return PBKDF2HMAC(algorithm, 32, salt, rounds).derive(passphrase.encode())


def cbc(key, iv, plain):
    pad = padding.PKCS7(128).padder()
    encryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor()
    return encryptor.update(pad.update(plain) + pad.finalize()) + encryptor.finalize()


def zipped(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return out.getvalue()


def table(header, rows, *, quoting=csv.QUOTE_MINIMAL, end="\n", delimiter=","):
    out = io.StringIO()
    writer = csv.writer(out, quoting=quoting, lineterminator=end, delimiter=delimiter)
    writer.writerow(header.split(","))
    writer.writerows(rows)
    return out.getvalue()


def otpauth():
    lines = [code.uri() for code in ALL]
    write("otpauth-lines.txt", "\n".join(lines) + "\n", format="otpauth", entries=ALL)
    remarks = "# A remark\n\n" + "\n# otpauth://totp/remark\n".join(lines)
    write("otpauth-remarks-between-lines.txt", remarks, format="otpauth", entries=ALL)
    crlf = "\ufeff" + "\r\n\r\n".join(lines) + "\r\n"
    write("otpauth-bom-crlf-blank-lines.txt", crlf, format="otpauth", entries=ALL)
    write("otpauth-utf16.txt", "\n".join(lines).encode("utf-16"), format="otpauth", entries=ALL)
    odd = [
        f"OTPAUTH://TOTP/Amazon%20Web%20Services%3Aalice%40123456789012?SECRET={AWS.secret.lower()}",
        f"otpauth://totp/K%C3%A4sek%C3%B6nig:%20bob%40example.com?period=60&digits=8"
        f"&algorithm=HmacSHA256&secret={SHA256.secret}%3D%3D%3D%3D&image=https%3A%2F%2Fa.example",
        f"otpauth://totp/Amazon+Web#:root?secret={ROOT.secret}&issuer=Amazon+Web+Services"
        "&algorithm=null&digits=&period=null",
        f"otpauth://totp/?secret={AWS.secret}",
    ]
    entries = [AWS, SHA256,
               ROOT.expected(label="root"), AWS.expected(issuer="", label="Entry 4")]
    write("otpauth-spellings.txt", "\n".join(odd), format="otpauth", entries=entries)
    bad = [
        AWS.uri(), STEAM_URI, f"steam://{STEAM.secret}", "a line that is none",
        "otpauth://totp/Bad:period?secret=GEZDGNBVGY3TQOJQ&period=0",
        "otpauth://totp/Bad:digits?secret=GEZDGNBVGY3TQOJQ&digits=10",
        "otpauth://totp/Bad:md5?secret=GEZDGNBVGY3TQOJQ&algorithm=MD5",
        "otpauth://totp/Bad:secret?secret=GEZD8NBVGY3TQOJQ",
        "otpauth://totp/Bad:none?issuer=Bad",
        "otpauth://hotp/Bad:counter?secret=GEZDGNBVGY3TQOJQ",
        "otpauth://motp/Bad:type?secret=GEZDGNBVGY3TQOJQ",
    ]
    reasons = [
        ("Steam: gaben", "Steam codes are not supported"),
        ("Entry 3", "Steam codes are not supported"),
        ("Line 4", "this line is not an otpauth:// URI"),
        ("Bad: period", "period is not 1 to 86,400 seconds"),
        ("Bad: digits", "digits is not 6, 7 or 8"),
        ("Bad: md5", "the algorithm is not SHA1, SHA256 or SHA512"),
        ("Bad: secret", "character 5 of the secret is not base32"),
        ("Bad: none", "the URI has no secret"),
        ("Bad: counter", "a hotp URI needs a counter"),
        ("Bad: type", "only totp and hotp URIs are supported"),
    ]
    refused = [{"entry": entry, "reason": reason} for entry, reason in reasons]
    write("otpauth-refused-lines.txt", "\n".join(bad), format="otpauth", entries=[AWS],
          refused=refused)
    many = "\n".join(f"otpauth://totp/n{i}?secret=GEZDGNBVGY3TQOJQ" for i in range(5001))
    write("rejects-5001-entries.txt", many, error="TooManyEntries")


def varint(number):
    number &= (1 << 64) - 1
    out = b""
    while number > 127:
        out, number = out + bytes([number & 127 | 128]), number >> 7
    return out + bytes([number])


def field(number, value):
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    value = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(value)) + value


ALGORITHMS = {"SHA1": 1, "SHA256": 2, "SHA512": 3}


def migration_entry(code, *, name=None, order=False):
    parts = [field(1, code.raw), field(2, code.account if name is None else name),
             field(3, code.issuer), field(4, ALGORITHMS[code.algorithm]),
             field(5, 2 if code.digits == 8 else 1), field(6, 1 if code.kind == "hotp" else 2)]
    if code.kind == "hotp":
        parts.append(field(7, code.counter))
    parts.append(field(8, "0b1c2d3e"))
    return b"".join(reversed(parts) if order else parts)


def migration_uri(entries, *, size=1, index=0, batch=-1184613543, safe=False):
    body = b"".join(field(1, entry) for entry in entries)
    body += field(2, 2) + field(3, size)
    if index:
        body += field(4, index)
    body += field(5, batch)
    text = (base64.urlsafe_b64encode if safe else base64.b64encode)(body).decode()
    return "otpauth-migration://offline?data=" + quote(text, safe="")


def google():
    sha256 = Code("Käsekönig", "bob@example.com", algorithm="SHA256", digits=8, length=32)
    sha512 = Code("Example Ltd", "carol", algorithm="SHA512", length=64)
    codes = [AWS, sha256, sha512, HOTP]
    entries = [migration_entry(AWS, name="Amazon Web Services:alice@123456789012"),
               migration_entry(sha256, order=True), migration_entry(sha512), migration_entry(HOTP)]
    write("google-one-part.txt", migration_uri(entries), format="google-authenticator",
          entries=codes)
    write("google-url-safe-base64.txt", migration_uri(entries, safe=True) + "\r\n",
          format="google-authenticator", entries=codes)
    defaults = field(1, AWS.raw) + field(2, "Amazon Web Services:alice@123456789012")
    write("google-defaults-left-out.txt", migration_uri([defaults]), format="google-authenticator",
          entries=[AWS])
    parts = [migration_uri([entry], size=4, index=index) for index, entry in enumerate(entries)]
    write("google-four-parts-out-of-order.txt", "\n".join([*reversed(parts), parts[0]]),
          format="google-authenticator", entries=list(reversed(codes)))
    missing = "this part of the Google Authenticator export is not in the file: scan it as well"
    write("google-second-part-missing.txt", "\n".join([parts[0], *parts[2:]]),
          format="google-authenticator", entries=[AWS, sha512, HOTP],
          refused=[{"entry": "Part 2 of 4", "reason": missing}])
    md5 = field(1, AWS.raw) + field(2, "md5") + field(4, 4)
    damaged = "this part of a Google Authenticator export is damaged"
    bad = [migration_uri([md5]), "otpauth-migration://offline?data=CjEKCkhello%3D%3D",
           "otpauth-migration://offline?data=%%%"]
    write("google-refused.txt", "\n".join(bad), format="google-authenticator", refused=[
        {"entry": "md5", "reason": "the algorithm is not SHA1, SHA256 or SHA512"},
        {"entry": "Google Authenticator", "reason": damaged},
        {"entry": "Google Authenticator", "reason": damaged}])


def aegis_db(version):
    def entry(code, kind=None, algo=None):
        info = {"secret": code.secret, "algo": algo or code.algorithm, "digits": code.digits}
        if code.kind == "hotp":
            info["counter"] = code.counter
        else:
            info["period"] = code.period
        view = {"type": kind or code.kind, "uuid": "01234567-89ab-cdef-0123-456789abcdef",
                "name": code.account, "issuer": code.issuer, "note": "", "favorite": False,
                "icon": None, "info": info}
        if version == 3:
            view["groups"] = []
        return view

    entries = [entry(code) for code in ALL] + [entry(STEAM, "steam"), entry(ROOT, "yandex"),
                                               entry(ROOT, algo="MD5")]
    entries[0]["note"] = "the office phone"
    entries[0]["icon"], entries[0]["icon_mime"] = b64(b"<svg/>"), "image/svg+xml"
    if version == 3:
        entries[0]["groups"] = ["aaaaaaaa-0000-0000-0000-000000000001"]
    else:
        entries[0]["group"] = "Work"
    db = {"version": version, "entries": entries}
    if version == 3:
        db["groups"] = [{"uuid": "aaaaaaaa-0000-0000-0000-000000000001", "name": "Work"}]
        db["icons_optimized"] = True
    return db


def aegis():
    named = "Amazon Web Services: root-account-mfa-device@example-alias"
    expected = {
        "entries": [AWS.expected(note="the office phone\nGroup: Work"), SHA256, SHA512, HOTP],
        "refused": [REFUSED_STEAM,
                    {"entry": named, "reason": "codes of this type are not supported: only TOTP and HOTP are"},
                    {"entry": named, "reason": "the algorithm is not SHA1, SHA256 or SHA512"}],
    }
    for version in (2, 3):
        plain = {"version": 1, "header": {"slots": None, "params": None}, "db": aegis_db(version)}
        write(f"aegis-plain-version-{version}.json", pretty(plain), format="aegis", **expected)

    def encrypted(seed, *, n=32768, passwords=(PASSPHRASE,), repaired=True, claim=None):
        random = Random(seed)
        master = random(32)

        def sealed(key, plain):
            nonce = random(12)
            out = AESGCM(key).encrypt(nonce, plain, None)
            return out[:-16], {"nonce": nonce.hex(), "tag": out[-16:].hex()}

        slots = [{"type": 2, "uuid": "x", "key": random(32).hex(),
                  "key_params": {"nonce": random(12).hex(), "tag": random(16).hex()}}]
        for password in passwords:
            salt = random(32)
            key = Scrypt(salt=salt, length=32, n=n, r=8, p=1).derive(password.encode())
            wrapped, params = sealed(key, master)
            slots.append({"type": 1, "uuid": "y", "key": wrapped.hex(), "key_params": params,
                          "n": claim or n, "r": 8, "p": 1, "salt": salt.hex(),
                          "repaired": repaired, "is_backup": False})
        db, params = sealed(master, pretty(aegis_db(3)).encode())
        return {"version": 1, "header": {"slots": slots, "params": params}, "db": b64(db)}

    vault = encrypted("aegis")
    write("aegis-encrypted.json", pretty(vault), format="aegis-encrypted", passphrase=PASSPHRASE,
          **expected)
    two = encrypted("aegis two", n=1024, passwords=("another", PASSPHRASE))
    write("aegis-encrypted-second-slot.json", pretty(two), format="aegis-encrypted",
          passphrase=PASSPHRASE, **expected)
    write("rejects-aegis-without-passphrase.json", pretty(vault), error="PassphraseNeeded")
    small = encrypted("aegis wrong", n=1024)
    write("rejects-aegis-wrong-passphrase.json", pretty(small), passphrase="wrong",
          error="WrongPassphrase")
    old = encrypted("aegis old", n=1024, passwords=("p" * 70,), repaired=False)
    write("rejects-aegis-long-passphrase-of-old-version.json", pretty(old), passphrase="q" * 70,
          error="WrongLongPassphrase")
    changed = encrypted("aegis changed", n=1024)
    raw = bytearray(base64.b64decode(changed["db"]))
    raw[9] ^= 1
    changed["db"] = b64(bytes(raw))
    write("rejects-aegis-db-changed.json", pretty(changed), passphrase=PASSPHRASE,
          error="Damaged(Encrypted)")
    hostile = encrypted("aegis hostile", n=1024, claim=1 << 40)
    write("rejects-aegis-scrypt-of-a-petabyte.json", pretty(hostile), passphrase=PASSPHRASE,
          error="CostTooHigh")
    odd = encrypted("aegis odd", n=1024, claim=1000)
    write("rejects-aegis-scrypt-n-not-a-power-of-two.json", pretty(odd), passphrase=PASSPHRASE,
          error='Damaged(Part("the cost of scrypt"))')
    later = {"version": 9, "header": {"slots": None, "params": None}, "db": aegis_db(3)}
    write("rejects-aegis-of-a-later-version.json", pretty(later), error="Damaged(Version)")
    write("rejects-aegis-cut-short.json", pretty(vault)[:700], error="Damaged(Json { line: 20 })")


def two_fas():
    def service(code, schema, *, kind=None, source="link", drop=()):
        otp = {"link": code.uri(), "label": f"{code.issuer}:{code.account}",
               "account": code.account, "issuer": code.issuer, "digits": code.digits,
               "period": code.period, "algorithm": code.algorithm, "counter": code.counter or 0,
               "source": source}
        if schema > 2:
            otp["tokenType"] = kind or code.kind.upper()
        otp = {name: value for name, value in otp.items() if name not in drop}
        view = {"name": code.issuer, "secret": code.secret, "updatedAt": 1700000000000,
                "otp": otp, "order": {"position": 0},
                "icon": {"selected": "Label", "label": {"text": "AW", "backgroundColor": "Orange"}}}
        return view

    def backup(schema, services, **more):
        return {"services": services, "groups": [{"id": "g1", "name": "Work", "isExpanded": True}],
                "updatedAt": 1700000000000, "schemaVersion": schema, "appVersionCode": 5000017,
                "appVersionName": "5.3.5", "appOrigin": "android", **more}

    for schema in (1, 2, 3, 4):
        services = [service(code, schema) for code in ALL]
        entries = [AWS.expected(note="Group: Work"), SHA256, SHA512, HOTP]
        services[0]["groupId"] = "g1"
        refused = []
        if schema > 2:
            services.append(service(STEAM, schema, kind="STEAM"))
            refused.append(REFUSED_STEAM)
        write(f"2fas-schema-{schema}.2fas", json.dumps(backup(schema, services)), format="2fas",
              entries=entries, refused=refused)
    bare = [service(AWS, 4, drop=("account", "issuer", "algorithm", "period", "digits", "link", "counter")),
            service(ROOT, 4, drop=("account", "issuer", "label", "link"))]
    bare[0]["name"] = "My AWS"
    bare[1]["otp"]["digits"] = "6"
    bare[1]["otp"]["period"] = None
    bare[1]["otp"]["algorithm"] = "null"
    write("2fas-ios-members-missing.2fas", json.dumps(backup(4, bare)), format="2fas", entries=[
        AWS.expected(issuer="My AWS", label="Amazon Web Services:alice@123456789012"),
        ROOT.expected(label="")])

    def encrypted(seed, services, *, with_reference=True, spoil=False):
        random = Random(seed)
        salt = random(256)
        key = pbkdf2(hashes.SHA256(), PASSPHRASE, salt, 10000)

        def sealed(plain):
            nonce = random(12)
            return AESGCM(key).encrypt(nonce, plain, None), nonce

        out, nonce = sealed(json.dumps(services).encode())
        if spoil:
            out = bytes([out[0] ^ 1]) + out[1:]
        more = {"servicesEncrypted": ":".join(map(b64, (out, salt, nonce)))}
        if with_reference:
            reference, nonce = sealed(random(256))
            more["reference"] = ":".join(map(b64, (reference, salt, nonce)))
        return json.dumps(backup(4, [], **more))

    services = [service(code, 4) for code in ALL]
    write("2fas-encrypted.2fas", encrypted("2fas", services), format="2fas-encrypted",
          passphrase=PASSPHRASE, entries=ALL)
    write("2fas-encrypted-without-reference.2fas", encrypted("2fas no", services, with_reference=False),
          format="2fas-encrypted", passphrase=PASSPHRASE, entries=ALL)
    write("rejects-2fas-wrong-passphrase.2fas", encrypted("2fas wrong", services),
          passphrase="wrong", error="WrongPassphrase")
    write("rejects-2fas-services-changed.2fas", encrypted("2fas spoilt", services, spoil=True),
          passphrase=PASSPHRASE, error="Damaged(Encrypted)")
    write("rejects-2fas-schema-9.2fas", json.dumps(backup(9, services)), error="Damaged(Version)")
    two = backup(4, [], servicesEncrypted="AAAA:BBBB")
    write("rejects-2fas-two-parts-of-three.2fas", json.dumps(two), passphrase=PASSPHRASE,
          error='Damaged(Part("servicesEncrypted"))')


def bitwarden():
    def item(code, totp, **more):
        return {"id": "i", "organizationId": None, "folderId": None, "type": 1, "reprompt": 0,
                "name": code.issuer, "notes": None, "favorite": False, "fields": [],
                "login": {"uris": [{"match": None, "uri": "https://example.com"}],
                          "username": code.account, "password": "not a secret", "totp": totp},
                "collectionIds": None, "deletedDate": None, **more}

    items = [item(AWS, AWS.secret, folderId="f1"), item(SHA256, SHA256.uri()), item(HOTP, HOTP.uri()),
             item(STEAM, f"steam://{STEAM.secret}"), item(ROOT, None),
             {**item(ROOT, ""), "login": None}, {**item(ROOT, ""), "type": 2, "login": None},
             item(ROOT, ROOT.secret.lower(), deletedDate="2026-01-01T00:00:00.000Z"),
             item(SHA512, "otpauth://totp/?algorithm=SHA512&digits=7&secret=" + SHA512.secret)]
    export = {"encrypted": False, "folders": [{"id": "f1", "name": "Work"}], "items": items}
    trash = {"entry": "Amazon Web Services: root-account-mfa-device@example-alias",
             "reason": "it is in the trash of the program that made the file"}
    holds = {"entries": [AWS.expected(note="Folder: Work"), SHA256, HOTP, SHA512],
             "refused": [REFUSED_STEAM, trash]}
    write("bitwarden.json", pretty(export), format="bitwarden", **holds)
    organisation = {"encrypted": False, "collections": [{"id": "c1", "name": "Team"}],
                    "items": [item(AWS, AWS.uri(), collectionIds=["c1"])]}
    write("bitwarden-organisation.json", pretty(organisation), format="bitwarden",
          entries=[AWS.expected(note="Collection: Team")])
    def at(url, **more):
        found = item(AWS, AWS.uri(), **more)
        found["login"]["uris"].append({"match": None, "uri": url})
        return found

    # What the URLs of an item say counts for any item, what its notes say for AWS's alone.
    gov, china = "https://123456789012.signin.amazonaws-us-gov.com/console", "console.amazonaws.cn"
    arn = "the office phone, arn:aws-eusc:iam::123456789012:mfa/alice"
    partitions = {"encrypted": False, "items": [
        at(gov), at("https://d-1234567890.awsapps.com/start"), at("https://example.com", notes=arn),
        at("", fields=[{"name": "serial", "value": arn, "type": 0}]), at(gov, notes=arn),
        at("https://aws.amazon.com/govcloud-us/"), item(SHA256, SHA256.uri(), notes=arn),
        {**item(SHA256, SHA256.secret), "login": {"uris": [{"uri": china}], "totp": SHA256.secret,
                                                  "username": SHA256.account}}]}
    default_code = Code(SHA256.issuer, SHA256.account)
    default_code.raw = SHA256.raw
    write("bitwarden-aws-partitions.json", pretty(partitions), format="bitwarden", entries=[
        AWS.expected(partition="aws-us-gov"), AWS.expected(partition="aws"),
        AWS.expected(partition="aws-eusc"), AWS.expected(partition="aws-eusc"), AWS, AWS, SHA256,
        default_code.expected(partition="aws-cn")])
    authenticator = {"encrypted": False, "items": [
        {"id": "i", "name": code.issuer, "folderId": None, "organizationId": None,
         "collectionIds": None, "notes": None, "type": 1,
         "login": {"username": code.account, "totp": code.uri()}, "favorite": False}
        for code in ALL]}
    write("bitwarden-authenticator.json", pretty(authenticator), format="bitwarden", entries=ALL)

    def protected(seed, kdf, *, spoil=False, **claims):
        random = Random(seed)
        salt = b64(random(16))
        if kdf["kdfType"] == 0:
            key = pbkdf2(hashes.SHA256(), PASSPHRASE, salt.encode(), kdf["kdfIterations"])
        else:
            key = argon2id(PASSPHRASE, hashlib.sha256(salt.encode()).digest(),
                           kib=kdf["kdfMemory"] * 1024, passes=kdf["kdfIterations"],
                           lanes=kdf["kdfParallelism"])
        enc, mac = (HKDFExpand(hashes.SHA256(), 32, info).derive(key) for info in (b"enc", b"mac"))

        def sealed(plain, spoil=False):
            iv = random(16)
            out = cbc(enc, iv, plain.encode())
            tag = hmac.new(mac, iv + out, "sha256").digest()
            if spoil:
                out = bytes([out[0] ^ 1]) + out[1:]
            return f"2.{b64(iv)}|{b64(out)}|{b64(tag)}"

        return pretty({"encrypted": True, "passwordProtected": True, "salt": salt, **kdf,
                       "encKeyValidation_DO_NOT_EDIT": sealed("a random text"),
                       "data": sealed(pretty(export), spoil), **claims})

    pbkdf2_cost = {"kdfType": 0, "kdfIterations": 100000}
    argon2_cost = {"kdfType": 1, "kdfIterations": 3, "kdfMemory": 16, "kdfParallelism": 4}
    cheap = {"kdfType": 0, "kdfIterations": 5000}
    write("bitwarden-protected-pbkdf2.json", protected("bw 1", pbkdf2_cost),
          format="bitwarden-encrypted", passphrase=PASSPHRASE, **holds)
    write("bitwarden-protected-argon2id.json", protected("bw 2", argon2_cost),
          format="bitwarden-encrypted", passphrase=PASSPHRASE, **holds)
    write("rejects-bitwarden-wrong-passphrase.json", protected("bw 3", cheap), passphrase="wrong",
          error="WrongPassphrase")
    write("rejects-bitwarden-data-changed.json", protected("bw 4", cheap, spoil=True),
          passphrase=PASSPHRASE, error="Damaged(Encrypted)")
    write("rejects-bitwarden-4-billion-rounds.json", protected("bw 5", cheap, kdfIterations=4294967295),
          passphrase=PASSPHRASE, error="CostTooHigh")
    write("rejects-bitwarden-argon2-of-a-terabyte.json",
          protected("bw 6", argon2_cost, kdfMemory=1048576), passphrase=PASSPHRASE,
          error="CostTooHigh")
    bound = {"encrypted": True, "encKeyValidation_DO_NOT_EDIT": "2.AAAA|BBBB|CCCC", "folders": [],
             "items": [{"id": "i", "type": 1, "name": "2.AAAA|BBBB|CCCC"}]}
    write("rejects-bitwarden-account-bound.json", pretty(bound), error="Unreadable(BitwardenAccount)")

    header = ("folder,favorite,type,name,notes,fields,reprompt,login_uri,login_username,"
              "login_password,login_totp")
    rows = [["Work", "1", "login", code.issuer, "two\nlines, and \"quotes\"", "", "0",
             "https://a.example", code.account, "no secret", totp]
            for code, totp in [(AWS, AWS.secret), (SHA256, SHA256.uri()), (ROOT, "")]]
    write("bitwarden.csv", table(header, rows), format="bitwarden-csv",
          entries=[AWS.expected(note="Folder: Work"), SHA256.expected(note="Folder: Work")])
    # The Authenticator app names six columns and writes nine.
    header = "folder,favorite,type,name,login_uri,login_totp"
    rows = [["", "", "1", code.issuer, "", code.uri(), code.issuer, code.period, code.digits]
            for code in [AWS, SHA256, SHA512]]
    write("bitwarden-authenticator.csv", table(header, rows), format="bitwarden-csv",
          entries=[AWS, SHA256, SHA512])
    write("bitwarden-authenticator-nine-columns.csv",
          table(header + ",issuer,period,digits", rows), format="bitwarden-authenticator-csv",
          entries=[AWS, SHA256, SHA512])


def openssl(passphrase, plain, salt):
    material, block = b"", b""
    while len(material) < 48:
        block = hashlib.md5(block + passphrase + salt).digest()
        material += block
    return b64(b"Salted__" + salt + cbc(material[:32], material[32:48], plain))


def authenticator():
    def record(code, index, **more):
        view = {"account": code.account, "hash": f"hash-{index}", "issuer": code.issuer,
                "secret": code.secret, "type": code.kind, "encrypted": False, "index": index,
                "dataType": "OTPStorage"}
        if code.algorithm != "SHA1":
            view["algorithm"] = code.algorithm
        if code.digits != 6:
            view["digits"] = code.digits
        if code.period != 30:
            view["period"] = code.period
        if code.counter:
            view["counter"] = code.counter
        return {**view, **more}

    hexed = Code("Hex", "erin")
    zero = Code("Zero", "frank", kind="hotp", counter=0)
    records = [record(code, index) for index, code in enumerate(ALL)]
    records += [record(hexed, 4, type="hex", secret=hexed.raw.hex()),
                record(STEAM, 5, type="steam"), record(zero, 6),
                record(SHA256, 7, type=1, algorithm=2, issuer="Käsekönig::shop.example"),
                record(ROOT, 8, type="totp", secret="blz-" + ROOT.secret)]
    plain = {f"z{9 - index}": one for index, one in enumerate(records)}
    plain["UserSettings"] = {"dataType": "UserSettings", "theme": "dark"}
    holds = {"entries": [*ALL, hexed, zero, SHA256.expected(note="Site: shop.example")],
             "refused": [REFUSED_STEAM,
                         {"entry": "Amazon Web Services: root-account-mfa-device@example-alias",
                          "reason": "codes of this type are not supported: only TOTP and HOTP are"}]}
    write("authenticator-plain.json", json.dumps(plain), format="authenticator", **holds)
    older = {name: {k: v for k, v in one.items() if k != "dataType"} for name, one in plain.items()
             if name != "UserSettings"}
    write("authenticator-plain-without-data-type.json", json.dumps(older), format="authenticator", **holds)

    def version_3(seed, *, spoil_one=False):
        random = Random(seed)
        salt = "".join(f"{number:x}" for number in struct.unpack(">8H", random(16)))
        key = base64.b64encode(argon2id(PASSPHRASE, salt.encode(), kib=19456, passes=2, lanes=1))
        key = key.rstrip(b"=")
        hash_salt = random(16)
        digest = argon2id(key, hash_salt, kib=19456, passes=2, lanes=1)
        phc = "$argon2id$v=19$m=19456,t=2,p=1$" + "$".join(b64(part).rstrip("=") for part in (hash_salt, digest))
        out = {"key-1": {"dataType": "Key", "id": "key-1", "salt": salt, "hash": phc, "version": 3}}
        for index, one in enumerate(records[:4]):
            data = openssl(key, json.dumps({**one, "encrypted": True}).encode(), random(8))
            if spoil_one and index == 1:
                data = data[:-24] + "A" * 24
            out[one["hash"]] = {"dataType": "EncOTPStorage", "keyId": "key-1", "data": data,
                                "index": index, "encrypted": True}
        return json.dumps(out)

    write("authenticator-version-3.json", version_3("ext 3"), format="authenticator-encrypted",
          passphrase=PASSPHRASE, entries=ALL)
    write("rejects-authenticator-version-3-wrong-passphrase.json", version_3("ext 3 wrong"),
          passphrase="wrong", error="WrongPassphrase")
    write("authenticator-version-3-one-damaged.json", version_3("ext 3 spoilt", spoil_one=True),
          format="authenticator-encrypted", passphrase=PASSPHRASE,
          entries=[AWS, SHA512, HOTP],
          refused=[{"entry": "Entry 2", "reason": "its secret cannot be decrypted"}])

    def older_version(seed, version, *, loose=False):
        random = Random(seed)
        out, passphrase = {}, PASSPHRASE.encode()
        if version == 2:
            inner = random(120)
            key = {"enc": openssl(passphrase, inner, random(8)), "hash": "$2a$10$unused"}
            out = dict(key) if loose else {"key": key}
            passphrase = inner.hex().encode()
        for one in records[:4]:
            secret = openssl(passphrase, one["secret"].encode(), random(8))
            out[one["hash"]] = {**one, "secret": secret, "encrypted": True}
        return json.dumps(out)

    for name, version, loose in [("2", 2, False), ("2-loose-key", 2, True), ("1", 1, False)]:
        write(f"authenticator-version-{name}.json", older_version(f"ext {name}", version, loose=loose),
              format="authenticator-encrypted", passphrase=PASSPHRASE, entries=ALL)
    write("rejects-authenticator-version-1-wrong-passphrase.json", older_version("ext 1 wrong", 1),
          passphrase="wrong", error="WrongPassphrase")


def one_password():
    def item(code, totps, state="active", login=None):
        fields = [{"title": "one-time password", "id": f"TOTP_{index}", "value": {"totp": totp}}
                  for index, totp in enumerate(totps)]
        login = login or [{"designation": "username", "value": code.account, "type": "T"},
                          {"designation": "password", "value": "no secret", "type": "P"}]
        return {"uuid": "u", "state": state, "overview": {"title": code.issuer, "url": "", "tags": []},
                "details": {"loginFields": login, "notesPlain": "",
                            "sections": [{"title": "", "fields": [
                                {"title": "site", "id": "s", "value": {"url": "https://a.example"}},
                                *fields]}]}}

    items = [item(AWS, [AWS.uri(), ROOT.uri()]), item(SHA256, [SHA256.uri()], "archived"),
             item(SHA512, []), item(HOTP, [HOTP.uri()]),
             item(ROOT, [ROOT.secret], login=[{"designation": "username", "value": {"odd": 1}}])]
    items[0]["overview"]["tags"] = ["Work", "Cloud"]
    data = {"accounts": [{"attrs": {"name": "a"}, "vaults": [{"attrs": {"name": "v"}, "items": items}]}]}
    archive = zipped({"export.attributes": "{}", "export.data": json.dumps(data), "files/x__a.bin": b"\0"})
    write("1password.1pux", archive, format="1password-1pux", entries=[
        AWS.expected(note="Tags: Work, Cloud"), ROOT.expected(note="Tags: Work, Cloud"),
        SHA256.expected(note="Archived in 1Password"), HOTP, ROOT.expected(label="")])
    aws_item = {"state": "active", "overview": {
        "title": AWS.issuer, "url": "https://example.com",
        "urls": [{"url": "https://eu-west-1.signin.amazonaws-eusc.eu"}]},
        "details": {"loginFields": [], "sections": [{"title": "", "fields": [
            {"title": "one-time password", "value": {"totp": AWS.uri()}},
            {"title": "serial", "value": {"string": "arn:aws-eusc:iam::123456789012:mfa/alice"}}]}]}}
    data = {"accounts": [{"vaults": [{"items": [aws_item]}]}]}
    write("1password-aws-partition.1pux", zipped({"export.data": json.dumps(data)}),
          format="1password-1pux", entries=[AWS.expected(partition="aws-eusc")])
    write("rejects-1password-archive-cut-short.1pux", archive[:300], error="Damaged(Archive)")
    bomb = zipped({"export.data": b" " * (80 * 1024 * 1024)})
    write("rejects-1password-zip-bomb.1pux", bomb, error="TooLarge")
    header = "Title,Url,Username,Password,OTPAuth,Favorite,Archived,Tags,Notes"
    rows = [[code.issuer, "https://a.example", code.account, "no secret", totp, "false", "false", "Work",
             "a note"] for code, totp in [(AWS, AWS.uri()), (SHA256, SHA256.uri()), (ROOT, "")]]
    write("1password.csv", table(header, rows, end="\r\n"), format="1password-csv",
          entries=[AWS.expected(note="Tags: Work"), SHA256.expected(note="Tags: Work")])


def proton():
    entries = [{"id": "1", "content": {"uri": code.uri(), "entry_type": "Totp", "name": code.account},
                "note": None} for code in ALL]
    entries[0]["note"] = "a note"
    entries.append({"id": "2", "content": {"uri": f"steam://{STEAM.secret}", "entry_type": "Steam",
                                           "name": "gaben"}, "note": None})
    export = {"version": 1, "entries": entries}
    holds = {"entries": [AWS.expected(note="a note"), *ALL[1:]],
             "refused": [{"entry": "gaben", "reason": "Steam codes are not supported"}]}
    write("proton-authenticator.json", pretty(export), format="proton-authenticator", **holds)

    def encrypted(seed):
        random = Random(seed)
        salt, nonce = random(16), random(12)
        key = argon2id(PASSPHRASE, salt, kib=19456, passes=2, lanes=1)
        out = AESGCM(key).encrypt(nonce, json.dumps(export).encode(), b"proton.authenticator.export.v1")
        return json.dumps({"version": 1, "salt": b64(salt), "content": b64(nonce + out)})

    write("proton-authenticator-encrypted.json", encrypted("proton"), passphrase=PASSPHRASE,
          format="proton-authenticator-encrypted", **holds)
    write("rejects-proton-authenticator-wrong-passphrase.json", encrypted("proton wrong"),
          passphrase="wrong", error="WrongPassphrase")

    def item(code, uri, state=1, extra=()):
        return {"itemId": "i", "shareId": "s", "state": state, "pinned": False, "data": {
            "metadata": {"name": code.issuer, "note": "", "itemUuid": "u"}, "type": "login",
            "extraFields": list(extra),
            "content": {"itemEmail": "", "itemUsername": code.account, "password": "no secret",
                        "urls": [], "totpUri": uri, "passkeys": []}}}

    extra = [{"fieldName": "TOTP", "type": "totp", "data": {"totpUri": ROOT.secret}},
             {"fieldName": "x", "type": "text", "data": {"content": "y"}}]
    data = {"version": "1.20.0", "userId": "u", "encrypted": False, "vaults": {"v1": {
        "name": "Personal", "description": "", "items": [
            item(AWS, AWS.uri(), extra=extra), item(SHA256, SHA256.uri()), item(ROOT, ""),
            item(SHA512, SHA512.uri(), state=2)]}}}
    write("proton-pass.zip", zipped({"Proton Pass/data.json": json.dumps(data)}), format="proton-pass",
          entries=[AWS.expected(note="Vault: Personal"),
                   ROOT.expected(label="alice@123456789012", note="Vault: Personal"),
                   SHA256.expected(note="Vault: Personal")],
          refused=[{"entry": "Example: Ltd: carol",
                    "reason": "it is in the trash of the program that made the file"}])
    write("rejects-proton-pass-pgp.zip", zipped({"Proton Pass/data.pgp": "-----BEGIN PGP MESSAGE-----\n"}),
          error="Unreadable(OpenPgp)")
    header = "type,name,url,email,username,password,note,totp,createTime,modifyTime,vault"
    rows = [["login", code.issuer, "https://a.example", "", code.account, "p", "", totp, "1", "2", "Work"]
            for code, totp in [(AWS, AWS.uri()), (ROOT, ""), (SHA256, SHA256.uri())]]
    write("proton-pass.csv", table(header, rows), format="proton-pass-csv",
          entries=[AWS.expected(note="Vault: Work"), SHA256.expected(note="Vault: Work")])


def ente():
    def line(code, uri=None, **display):
        shown = {"pinned": False, "trashed": False, "lastUsedAt": 0, "tapCount": 0, "tags": [],
                 "note": "", "position": 0, "iconSrc": "", "iconID": "", **display}
        return (uri or code.uri()) + "&codeDisplay=" + quote(json.dumps(shown))

    lines = [line(AWS, tags=["Work"], note="a note " + "x" * 4000), line(SHA256), line(SHA512, trashed=True),
             line(HOTP), line(STEAM, STEAM_URI),
             line(ROOT, f"otpauth://totp/{quote(ROOT.issuer)}:root #1?algorithm=null&digits=6&"
                        f"issuer={quote(ROOT.issuer)}&period=null&secret={ROOT.secret}")]
    note = "a note " + "x" * 4000 + "\nTags: Work"
    holds = {"entries": [AWS.expected(note=note), SHA256, HOTP, ROOT.expected(label="root #1")],
             "refused": [{"entry": "Example: Ltd: carol",
                          "reason": "it is in the trash of the program that made the file"},
                         REFUSED_STEAM]}
    write("ente-plain.txt", "\n".join(lines), format="ente", **holds)

    def encrypted(seed, *, tag=sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL, **claims):
        random = Random(seed)
        salt, memory, passes = random(16), 64 * 1024 * 1024, 2
        key = argon2id(PASSPHRASE, salt, kib=memory // 1024, passes=passes, lanes=1)
        state = sodium.crypto_secretstream_xchacha20poly1305_state()
        header = sodium.crypto_secretstream_xchacha20poly1305_init_push(state, key)
        out = sodium.crypto_secretstream_xchacha20poly1305_push(state, "\n".join(lines).encode(), None, tag)
        params = {"memLimit": memory, "opsLimit": passes, "salt": b64(salt), **claims}
        return json.dumps({"version": 1, "kdfParams": params, "encryptedData": b64(out),
                           "encryptionNonce": b64(header)})

    keep("ente-encrypted.txt", lambda: encrypted("ente"), format="ente-encrypted", passphrase=PASSPHRASE,
         **holds)
    keep("rejects-ente-wrong-passphrase.txt", lambda: encrypted("ente wrong", memLimit=8192, opsLimit=1),
         passphrase=PASSPHRASE, error="WrongPassphrase")
    keep("rejects-ente-argon2-of-a-terabyte.txt", lambda: encrypted("ente", memLimit=1 << 40),
         passphrase=PASSPHRASE, error="CostTooHigh")
    keep("ente-encrypted-not-marked-as-last.txt", lambda: encrypted("ente", tag=0),
         format="ente-encrypted", passphrase=PASSPHRASE, **holds)


def keep(name, make, **expected):
    """Writes a file whose library draws its own random bytes only when it is not there."""
    path = OUT / name
    write(name, path.read_bytes() if path.exists() else make(), **expected)


def other_tables():
    header = "Group,Title,Username,Password,URL,Notes,TOTP,Icon,Last Modified,Created"
    keepass = [(AWS, AWS.uri()), (SHA256, SHA256.uri()), (ROOT, ""),
               (STEAM, f"otpauth://totp/Steam:gaben?secret={STEAM.secret}&period=30&digits=5&issuer=Steam&encoder=steam"),
               (SHA512, f"key={SHA512.secret}&size=7&step=30&otpHashMode=SHA512"), (HOTP, "30;6")]
    rows = [["Root/Work", code.issuer, code.account, "no secret", "", "a \"note\"\notpauth://no", totp, "0",
             "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"] for code, totp in keepass]
    work = "Group: Root/Work"
    write("keepassxc.csv", table(header, rows, quoting=csv.QUOTE_ALL), format="keepassxc-csv",
          entries=[AWS.expected(note=work), SHA256.expected(note=work), SHA512.expected(note=work)],
          refused=[REFUSED_STEAM, {"entry": "Counter & Co: dora", "reason": "the URI has no secret"}])
    write("rejects-keepassxc-without-totp-column.csv",
          table("Group,Title,Username,Password,URL,Notes", [["Root", "a", "b", "c", "d", "e"]]),
          error="Unreadable(NoCodes)")
    rows = [[f"{code.issuer} ({code.account})", "https://a.example", code.account, "p", "", totp]
            for code, totp in [(AWS, AWS.uri()), (ROOT, ""), (SHA256, SHA256.uri())]]
    write("apple-passwords.csv", table("Title,URL,Username,Password,Notes,OTPAuth", rows), format="apple-csv",
          entries=[AWS, SHA256])
    rows = [[AWS.issuer, "https://signin.amazonaws.cn/console", AWS.account, "p", "", AWS.uri()],
            [AWS.issuer, "https://a.example", AWS.account, "p",
             "serial\narn:aws-us-gov:iam::123456789012:mfa/alice", AWS.uri()]]
    write("apple-passwords-aws-partitions.csv", table("Title,URL,Username,Password,Notes,OTPAuth", rows),
          format="apple-csv",
          entries=[AWS.expected(partition="aws-cn"), AWS.expected(partition="aws-us-gov")])
    rows = [["https://a.example", code.account, "p", totp, "extra", code.issuer, "Work", "0"]
            for code, totp in [(AWS, AWS.secret), (ROOT, "")]]
    write("lastpass.csv", "\ufeff" + table("url,username,password,totp,extra,name,grouping,fav", rows, end="\r\n"),
          format="lastpass-csv", entries=[AWS.expected(note="Folder: Work")])
    header = "username,username2,username3,title,password,note,url,category,otpSecret"
    rows = [[AWS.account, "", "", AWS.issuer, "p", "", "", "Work", AWS.secret],
            [ROOT.account, "", "", ROOT.issuer, "p", "", "", "", ""]]
    write("dashlane-secret.csv", table(header, rows), format="dashlane-csv",
          entries=[AWS.expected(note="Category: Work")])
    rows[0][-1] = SHA256.uri()
    write("dashlane-url.csv", table(header.replace("otpSecret", "otpUrl"), rows), format="dashlane-csv",
          entries=[SHA256.expected(note="Category: Work")])
    rows = [[AWS.issuer, AWS.account, AWS.secret], [ROOT.issuer, ROOT.account, ROOT.uri()]]
    write("unknown-table-with-semicolons.csv", table("Service,Login Name,Geheimnis", rows, delimiter=";"),
          format="csv", entries=[AWS, ROOT], guessedColumn="geheimnis")
    write("rejects-table-without-codes.csv", "name,url,username,password\na,b,c,d\n",
          error="Unreadable(NoCodes)")


def others():
    accounts = [{"accountID": "1", "issuerName": code.issuer, "originalIssuerName": "x", "userName": code.account,
                 "originalUserName": "y", "pushNotification": False, "secret": code.secret,
                 "timeStep": code.period, "digits": code.digits, "algorithm": code.algorithm,
                 "creationTimestamp": 1, "isFavorite": False,
                 "folderData": {"folderId": 1, "position": 0}} for code in ALL[:3]]
    export = {"version": 3, "deviceId": "", "localDeviceId": "", "accounts": accounts,
              "folders": [{"id": 1, "name": "Work", "isOpened": True}]}
    write("lastpass-authenticator.json", pretty(export), format="lastpass-authenticator",
          entries=[code.expected(note="Folder: Work") for code in ALL[:3]])

    kinds = {"hotp": 1, "totp": 2}
    stratum = [{"Type": kinds[code.kind], "Icon": None, "Issuer": code.issuer, "Username": code.account,
                "Secret": code.secret, "Pin": None, "Algorithm": ALGORITHMS[code.algorithm] - 1,
                "Digits": code.digits, "Period": code.period, "Counter": code.counter or 0, "CopyCount": 0,
                "Ranking": 0} for code in ALL]
    stratum.append({**stratum[0], "Type": 4, "Issuer": "Steam", "Username": "gaben", "Digits": 5,
                    "Secret": STEAM.secret})
    stratum.append({**stratum[0], "Type": 3, "Issuer": "m", "Username": "OTP", "Pin": "1234", "Secret": ROOT.secret})
    backup = {"Authenticators": stratum, "Categories": [{"Id": "c1", "Name": "Work", "Ranking": 0}],
              "AuthenticatorCategories": [{"CategoryId": "c1", "AuthenticatorSecret": AWS.secret, "Ranking": 0}],
              "CustomIcons": [], "IconPacks": []}
    holds = {"entries": [AWS.expected(note="Category: Work"), *ALL[1:]],
             "refused": [REFUSED_STEAM, {"entry": "m: OTP", "reason":
                         "codes of this type are not supported: only TOTP and HOTP are"}]}
    write("stratum-plain.json", pretty(backup), format="stratum", **holds)

    def encrypted(seed):
        random = Random(seed)
        salt, nonce = random(16), random(12)
        key = argon2id(PASSPHRASE, salt, kib=65536, passes=3, lanes=4)
        return b"AUTHENTICATORPRO" + salt + nonce + AESGCM(key).encrypt(nonce, json.dumps(backup).encode(), None)

    write("stratum-encrypted.stratum", encrypted("stratum"), format="stratum-encrypted", passphrase=PASSPHRASE, **holds)
    write("rejects-stratum-wrong-passphrase.stratum", encrypted("stratum wrong"), passphrase="wrong",
          error="WrongPassphrase")
    write("rejects-stratum-cut-short.stratum", encrypted("stratum")[:50], passphrase=PASSPHRASE,
          error="Damaged(Encrypted)")

    def encrypted_as_before(seed):
        random = Random(seed)
        salt, iv = random(20), random(16)
        key = pbkdf2(hashes.SHA1(), PASSPHRASE, salt, 64000)
        return b"AuthenticatorPro" + salt + iv + cbc(key, iv, json.dumps(backup).encode())

    write("stratum-encrypted-old.authpro", encrypted_as_before("stratum old"), format="stratum-encrypted",
          passphrase=PASSPHRASE, **holds)
    write("rejects-stratum-old-wrong-passphrase.authpro", encrypted_as_before("stratum old wrong"),
          passphrase="wrong", error="WrongPassphrase")
    write("rejects-stratum-old-cut-short.authpro", encrypted_as_before("stratum old")[:61],
          passphrase=PASSPHRASE, error="Damaged(Encrypted)")

    def andotp(code, kind=None):
        view = {"secret": code.secret, "issuer": code.issuer, "label": code.account, "digits": code.digits,
                "type": kind or code.kind.upper(), "algorithm": code.algorithm, "thumbnail": "Default",
                "last_used": 1700000000000, "used_frequency": 3, "tags": []}
        if code.kind == "hotp":
            view["counter"] = code.counter
        else:
            view["period"] = code.period
        return view

    entries = [andotp(code) for code in ALL] + [andotp(STEAM, "STEAM")]
    entries[0]["tags"], entries[0]["secret"] = ["Work", "Cloud"], AWS.secret + "===="
    holds = {"entries": [AWS.expected(note="Tags: Work, Cloud"), *ALL[1:]], "refused": [REFUSED_STEAM]}
    write("andotp-plain.json", json.dumps(entries), format="andotp", **holds)
    old = [{"secret": AWS.secret, "label": f"{AWS.issuer} - {AWS.account}", "period": 30, "digits": 6,
            "type": "TOTP", "algorithm": "SHA1", "thumbnail": "Default"}]
    write("andotp-plain-issuer-in-label.json", json.dumps(old), format="andotp", entries=[AWS])

    def andotp_new(seed, rounds=145776):
        random = Random(seed)
        salt, nonce = random(12), random(12)
        key = pbkdf2(hashes.SHA1(), PASSPHRASE, salt, rounds)
        return struct.pack(">I", rounds) + salt + nonce + AESGCM(key).encrypt(nonce, json.dumps(entries).encode(), None)

    nonce = Random("andotp old")(12)
    key = hashlib.sha256(PASSPHRASE.encode()).digest()
    write("andotp-encrypted-new.json.aes", andotp_new("andotp"), format="andotp-encrypted", passphrase=PASSPHRASE, **holds)
    write("andotp-encrypted-old.json.aes", nonce + AESGCM(key).encrypt(nonce, json.dumps(entries).encode(), None),
          format="andotp-encrypted", passphrase=PASSPHRASE, **holds)
    write("rejects-andotp-wrong-passphrase.json.aes", andotp_new("andotp wrong", 1000), passphrase="wrong",
          error="WrongPassphrase")
    write("rejects-andotp-openpgp.json.pgp", b"\x85\x01\x0c\x03" + Random("pgp")(268), passphrase=PASSPHRASE,
          error="Unreadable(OpenPgp)")

    tokens = [{"algo": code.algorithm, "counter": code.counter or 0, "digits": code.digits,
               "issuerExt": code.issuer, "issuerInt": code.issuer, "label": code.account, "period": code.period,
               "secret": list(struct.unpack(f"{len(code.raw)}b", code.raw)), "type": code.kind.upper()}
              for code in ALL]
    order = [f"{code.issuer}:{code.account}" for code in ALL]
    write("freeotp-plus.json", json.dumps({"tokenOrder": order, "tokens": tokens}), format="freeotp-plus", entries=ALL)
    write("rejects-freeotp-2-backup.xml", b"\xac\xed\x00\x05sr\x00\x11java.util.HashMap" + Random("f")(99),
          error="Unreadable(FreeOtp)")

    raivo = [{"kind": code.kind.upper(), "algorithm": code.algorithm, "timer": str(code.period),
              "digits": str(code.digits), "counter": str(code.counter or 0), "issuer": code.issuer,
              "account": code.account, "secret": code.secret, "pinned": "false", "iconType": "",
              "iconValue": ""} for code in ALL]
    write("raivo.json", pretty(raivo), format="raivo", entries=ALL)

    def raivo_zip():
        out = io.BytesIO()
        with pyzipper.AESZipFile(out, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as archive:
            archive.setpassword(PASSPHRASE.encode())
            archive.writestr("raivo-otp-export.html", "<html></html>")
            archive.writestr("raivo-otp-export.json", pretty(raivo))
        return out.getvalue()

    keep("raivo-encrypted.zip", raivo_zip, format="raivo", passphrase=PASSPHRASE, entries=ALL)
    keep("rejects-raivo-wrong-passphrase.zip", raivo_zip, passphrase="wrong", error="WrongPassphrase")
    keep("rejects-raivo-without-passphrase.zip", raivo_zip, error="PassphraseNeeded")

    duo = [{"name": AWS.account, "otpGenerator": {"otpSecret": AWS.secret}, "logoUri": "x"},
           {"name": HOTP.account, "otpGenerator": {"otpSecret": HOTP.secret, "counter": 7}},
           {"name": "Duo itself", "accountType": "push", "pkey": "x"}]
    write("duo.json", json.dumps(duo), format="duo",
          entries=[AWS.expected(issuer=""), HOTP.expected(issuer="")],
          refused=[{"entry": "Duo itself", "reason": "codes of this type are not supported: only TOTP and HOTP are"}])


def hostile():
    write("rejects-empty-file.txt", "", error="Unknown")
    write("rejects-prose.txt", "Dear diary, today I lost my phone.\n", error="Unknown")
    write("rejects-json-of-no-program.json", '{"hello": "world"}', error="Unknown")
    write("rejects-json-10000-levels-deep.json", "[" * 10000, error="Damaged(TooDeep)")
    entry = '{"secret":"GEZDGNBVGY3TQOJQ","secret":"MFRGGZDFMZTWQ2LK","label":"a","type":"TOTP"}'
    write("rejects-json-secret-standing-twice.json", f"[{entry}]", error="Damaged(DuplicateName)")
    write("rejects-json-with-binary-inside.json", b'{"db": "\xff\xfe"}', error="Unknown")
    write("rejects-picture.png", b"\x89PNG\r\n\x1a\n" + Random("png")(64), error="Unreadable(Picture)")
    write("rejects-keepass-database.kdbx", b"\x03\xd9\xa2\x9a\x67\xfb\x4b\xb5" + Random("kdbx")(64),
          error="Unreadable(KeePass)")
    write("rejects-openpgp-armour.asc", "-----BEGIN PGP MESSAGE-----\n\nAAAA\n-----END PGP MESSAGE-----\n",
          error="Unreadable(OpenPgp)")
    write("rejects-archive-with-nothing-known.zip", zipped({"a.exe": b"MZ", "b.exe": b"MZ"}), error="Unknown")


for make in (otpauth, google, aegis, two_fas, bitwarden, authenticator, one_password, proton, ente,
             other_tables, others, hostile):
    make()
stale = {p.name.removesuffix(".expected.json") for p in OUT.iterdir()} - written
for name in stale:
    print(f"{name} is no longer written", file=sys.stderr)
print(f"{len(written)} files")
