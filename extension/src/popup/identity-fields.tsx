/** What kind of AWS user an entry is for, and in which partition. Labels do not always tell. */

import type { EntryEdit, EntryView } from "../entry-view";
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
  const partitions = [
    { value: "", label: words("kindUnknown") },
    { value: "aws", label: words("partitionCommercial") },
    { value: "aws-us-gov", label: words("partitionGovCloud") },
    { value: "aws-cn", label: words("partitionChina") },
    { value: "aws-eusc", label: words("partitionEurope") },
  ];
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
      <SelectField
        label={words("partition")}
        value={entry.partition ?? ""}
        options={partitions}
        onChange={(partition) => onChange({ partition })}
      />
    </>
  );
}
