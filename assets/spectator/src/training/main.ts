// Entry point of the page of trainings.

import { TrainingAddress } from "./address";
import { TrainingPage, type TrainingInspector } from "./page";
import { storageOr } from "../storage";

declare global {
  interface Window {
    training: TrainingInspector;
  }
}

const address = new TrainingAddress(new URL(location.href), storageOr(() => sessionStorage));
if (location.hash) history.replaceState(null, "", address.withoutToken);
window.training = new TrainingPage(address).inspector();
