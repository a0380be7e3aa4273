/** No vault yet: one way on. */

import { Brand } from "../ui/brand";
import { useServices } from "../ui/services";

export function Absent() {
  const { openPage, words } = useServices();
  return (
    <main class="popup popup-centred">
      <Brand size={56} />
      <h1>{words("absentTitle")}</h1>
      <p class="lead">{words("absentText")}</p>
      <button type="button" class="button button-primary" onClick={() => openPage("welcome")}>
        {words("createVault")}
      </button>
    </main>
  );
}
