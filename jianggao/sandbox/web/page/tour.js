// The tour: three things to try first.

import { byId, make } from "./elements.js";
import { state } from "./state.js";

/** Draws the tour unless it was closed; `tryStep(step, number)` is called for a step that is clicked. */
export function drawTour(tryStep) {
  const tour = byId("tour");
  tour.hidden = !state.tour.length || localStorage.getItem("tour") === "closed";
  tour.replaceChildren(
    make(
      "header",
      {},
      "先试三件事",
      make(
        "button",
        {
          type: "button",
          class: "quiet",
          "aria-label": "收起导览",
          onclick: () => {
            localStorage.setItem("tour", "closed");
            drawTour(tryStep);
          },
        },
        "✕",
      ),
    ),
    make(
      "ol",
      {},
      ...state.tour.map((step, at) =>
        make(
          "li",
          { class: state.done.has(at) ? "done" : "" },
          make(
            "button",
            { type: "button", "data-testid": `tour-step-${at + 1}`, onclick: () => tryStep(step, at) },
            `${at + 1}. ${step.title}`,
          ),
          make("span", {}, step.about),
        ),
      ),
    ),
  );
}
