/** @jsxImportSource react */
/**
 * A QR code, drawn in each of the ways that a page can draw one. Which of them AWS's current wizard uses is not
 * recorded; a PNG in a data URL is likely, for the IAM API answers with a PNG.
 */
import qrcode from "qrcode-generator";
import { useEffect, useRef, useState } from "react";

/** @typedef {"img-data" | "img-blob" | "img-elsewhere" | "canvas" | "svg" | "background" | "table"} QrKind */

/** Serves the picture, and does not let scripts read it. Any host but the page's own would do. */
const ELSEWHERE = "https://pictures.example.com/simulated/qr.svg";

/** Side of a module in CSS pixels, and the quiet zone in modules (ISO/IEC 18004 asks for four). */
const MODULE_PX = 4;
const QUIET_MODULES = 4;

/** @param {{ text: string, kind: QrKind }} props */
export function QrCode({ text, kind }) {
  const modules = modulesOf(text);
  switch (kind) {
    case "canvas":
      return <CanvasCode modules={modules} />;
    case "svg":
      return <SvgCode modules={modules} />;
    case "table":
      return <TableCode modules={modules} />;
    case "img-elsewhere": {
      const side = modules.length * MODULE_PX;
      const source = `${ELSEWHERE}?${new URLSearchParams({ text })}`;
      return <img src={source} alt="QR code" width={side} height={side} />;
    }
    default:
      return <ImageCode modules={modules} kind={kind} />;
  }
}

/**
 * @param {string} text
 * @returns {boolean[][]} rows of modules, true where dark, with the quiet zone
 */
function modulesOf(text) {
  const code = qrcode(0, "M");
  code.addData(text);
  code.make();
  const count = code.getModuleCount();
  const side = Array.from(
    { length: count + 2 * QUIET_MODULES },
    (_, index) => index - QUIET_MODULES,
  );
  const inside = (/** @type {number} */ index) => index >= 0 && index < count;
  return side.map((row) =>
    side.map((column) => inside(row) && inside(column) && code.isDark(row, column)),
  );
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {boolean[][]} modules
 */
function paint(canvas, modules) {
  canvas.width = modules.length * MODULE_PX;
  canvas.height = canvas.width;
  const context = canvas.getContext("2d");
  if (!context) {
    return;
  }
  context.fillStyle = "white";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = "black";
  modules.forEach((row, y) => {
    row.forEach((dark, x) => {
      if (dark) {
        context.fillRect(x * MODULE_PX, y * MODULE_PX, MODULE_PX, MODULE_PX);
      }
    });
  });
}

/** @param {{ modules: boolean[][] }} props */
function CanvasCode({ modules }) {
  const ref = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  useEffect(() => {
    if (ref.current) {
      paint(ref.current, modules);
    }
  }, [modules]);
  return <canvas ref={ref} />;
}

/** @param {{ modules: boolean[][], kind: QrKind }} props */
function ImageCode({ modules, kind }) {
  const [source, setSource] = useState("");
  const [key] = useState(() => JSON.stringify(modules));
  useEffect(() => {
    const canvas = document.createElement("canvas");
    paint(canvas, JSON.parse(key));
    if (kind === "img-blob") {
      canvas.toBlob((blob) => setSource(blob ? URL.createObjectURL(blob) : ""));
    } else {
      setSource(canvas.toDataURL("image/png"));
    }
  }, [key, kind]);
  if (source === "") {
    return null;
  }
  const side = modules.length * MODULE_PX;
  return kind === "background" ? (
    <div
      className="qr"
      style={{ width: side, height: side, backgroundImage: `url("${source}")` }}
    />
  ) : (
    <img src={source} alt="QR code" width={side} height={side} />
  );
}

/** @param {{ modules: boolean[][] }} props */
function SvgCode({ modules }) {
  const side = modules.length;
  const path = modules
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")))
    .join("");
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      role="img"
      aria-label="QR code"
      width={side * MODULE_PX}
      height={side * MODULE_PX}
      viewBox={`0 0 ${side} ${side}`}
      shapeRendering="crispEdges"
    >
      <path fill="white" d={`M0 0h${side}v${side}h-${side}z`} />
      <path fill="black" d={path} />
    </svg>
  );
}

/** @param {{ modules: boolean[][] }} props */
function TableCode({ modules }) {
  const cell = { width: MODULE_PX, height: MODULE_PX, padding: 0, border: 0 };
  return (
    <table style={{ borderCollapse: "collapse", borderSpacing: 0 }}>
      <tbody>
        {modules.map((row, y) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a module is its place
          <tr key={y} style={{ height: MODULE_PX }}>
            {row.map((dark, x) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a module is its place
              <td key={x} style={{ ...cell, background: dark ? "black" : "white" }} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
