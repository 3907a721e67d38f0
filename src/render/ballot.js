"use strict";
const boxes = [...document.querySelectorAll(".choice input")];
const [name, line, status, share] = ["name", "line", "status", "share"].map((id) => document.getElementById(id));
const of = (value) => boxes.filter((box) => box.value === value && box.checked);
const movie = (box) => box.closest(".choice").dataset.number;
const say = (text) => { status.textContent = text; };

function write() {
  const said = [...document.querySelectorAll(".choice")].map((choice) => {
    const [box] = [...choice.querySelectorAll("input")].filter((input) => input.checked);
    const number = choice.dataset.number;
    return box && { yes: number, favorite: number + "♥", no: "not " + number }[box.value];
  }).filter(Boolean);
  const yes = said.filter((word) => !word.startsWith("not"));
  const no = said.filter((word) => word.startsWith("not"));
  const who = name.value.replace(/[:\s]+/g, " ").trim();
  // A second answer replaces the first.
  const only = yes.length ? "only " : "";
  line.value = said.length ? (who ? who + ": " : "") + only + [...yes, ...no].join(" ") : "";
}

function choose(box) {
  say("");
  if (box.checked && box.value === "no" && of("no").length > 3) {
    box.checked = false;
    say("At most three noes: take one back first.");
  }
  if (box.checked) {
    boxes.filter((other) => other !== box && movie(other) === movie(box)).forEach((other) => { other.checked = false; });
  }
  if (box.checked && box.value === "favorite") {
    of("favorite").filter((other) => other !== box).forEach((other) => {
      other.checked = false;
      boxes.find((yes) => yes.value === "yes" && movie(yes) === movie(other)).checked = true;
    });
  }
  write();
}

async function copy() {
  line.focus();
  line.select();
  try {
    await navigator.clipboard.writeText(line.value);
    say("Copied: paste it into the chat.");
  } catch {
    say(document.execCommand("copy") ? "Copied: paste it into the chat." : "Copy the line by hand.");
  }
}

boxes.forEach((box) => { box.checked = false; box.addEventListener("change", () => choose(box)); });
name.addEventListener("input", write);
document.getElementById("copy").addEventListener("click", copy);
if (navigator.share) {
  share.hidden = false;
  share.addEventListener("click", () => navigator.share({ text: line.value }).catch(() => {}));
}
document.querySelectorAll("[hidden].live").forEach((part) => { part.hidden = false; });
document.querySelectorAll(".dead").forEach((part) => { part.hidden = true; });
