/** The choice of an AWS partition: a group of regions with accounts of its own. */

import { SelectField } from "./select-field";
import { useWords } from "./services";

type PartitionFieldProps = {
  /** As in ARNs; empty when it is not known. */
  value: string;
  hint?: string;
  onChange: (partition: string) => void;
};

export function PartitionField(props: PartitionFieldProps) {
  const words = useWords();
  const options = [
    { value: "", label: words("kindUnknown") },
    { value: "aws", label: words("partitionCommercial") },
    { value: "aws-us-gov", label: words("partitionGovCloud") },
    { value: "aws-cn", label: words("partitionChina") },
    { value: "aws-eusc", label: words("partitionEurope") },
  ];
  return <SelectField label={words("partition")} options={options} {...props} />;
}
