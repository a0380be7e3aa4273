/** The way to the page that brings entries in. */

import { useServices } from "../ui/services";
import { Section } from "./section";

export function ImportEntries() {
  const { openPage, words } = useServices();
  return (
    <Section title={words("importSection")} fragment="import">
      <p>{words("importSectionText")}</p>
      <button type="button" class="button" onClick={() => openPage("import")}>
        {words("importOpenPage")}
      </button>
    </Section>
  );
}
