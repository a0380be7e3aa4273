/** @jsxImportSource react */
/** A text box that says what it is for in one of the ways that HTML has, with generated ids as Cloudscape makes them. */
import { useId } from "react";

/** @typedef {"for" | "wrap" | "labelledby" | "aria-label" | "placeholder" | "heading"} LabelledBy */

/**
 * @param {{ labelledBy: LabelledBy, label: string, value: string, setValue: (value: string) => void,
 *   attributes?: import("react").InputHTMLAttributes<HTMLInputElement> }} props
 */
export function LabelledBox({ labelledBy, label, value, setValue, attributes = {} }) {
  const id = `formField${useId().replace(/\W/g, "")}-1795000000000-${label.length}`;
  const input = (
    <input
      id={id}
      type="text"
      value={value}
      onChange={(event) => setValue(event.target.value)}
      {...attributes}
      {...(labelledBy === "labelledby" ? { "aria-labelledby": `${id}-label` } : {})}
      {...(labelledBy === "aria-label" ? { "aria-label": label } : {})}
      {...(labelledBy === "placeholder" ? { placeholder: label } : {})}
    />
  );
  switch (labelledBy) {
    case "for":
      return (
        <div className="field">
          <label htmlFor={id}>{label}</label>
          {input}
        </div>
      );
    case "wrap":
      return (
        <div className="field">
          {/* biome-ignore lint/a11y/noLabelWithoutControl: the box is inside, which the rule cannot see */}
          <label>
            {label}
            {input}
          </label>
        </div>
      );
    case "labelledby":
      return (
        <div className="field">
          <div className="label" id={`${id}-label`}>
            {label}
          </div>
          {input}
        </div>
      );
    default:
      return <div className="field">{input}</div>;
  }
}
