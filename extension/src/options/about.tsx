/** What this is, and where the data lives. */

import { useServices } from "../ui/services";
import { Section } from "./section";

export function About() {
  const { version, words } = useServices();
  return (
    <Section title={words("about")} fragment="about">
      <p>{words("aboutVersion", { version })}</p>
      <h3>{words("whereDataLives")}</h3>
      <ul class="advice">
        <li>{words("dataHere")}</li>
        <li>{words("dataNowhereElse")}</li>
        <li>{words("dataUninstall")}</li>
      </ul>
    </Section>
  );
}
