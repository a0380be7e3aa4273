/** What kind of AWS user an entry is for, and in which partition. Labels do not always tell. */

import type { EntryEdit, EntryView } from "../entry-view";
import { PartitionField } from "../ui/partition-field";
import { SelectField } from "../ui/select-field";
import { useWords } from "../ui/services";

type IdentityFieldsProps = { entry: EntryView; onChange: (edit: EntryEdit) => void };

export function IdentityFields({ entry, onChange }: IdentityFieldsProps) {
  const words = useWords();
  const kinds = [
    { value: "unknown", label: words("kindUnknown") },
    { value: "iamUser", label: words("kindIamUser") },
    { value: "root", label: words("kindRoot") },
    { value: "identityCenterUser", label: words("kindIdentityCenter") },
  ] as const;
  return (
    <>
      <SelectField
        label={words("identityKind")}
        value={entry.identityKind ?? "unknown"}
        options={kinds}
        onChange={(value) => {
          const kind = kinds.find((known) => known.value === value);
          if (kind) onChange({ identityKind: kind.value });
        }}
      />
      <PartitionField
        value={entry.partition ?? ""}
        onChange={(partition) => onChange({ partition })}
      />
    </>
  );
}
