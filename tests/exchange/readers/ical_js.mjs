// What does ical.js, the calendar library of Thunderbird and Nextcloud, read in an .ics on stdin?
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const ICAL = createRequire(process.argv[2] + "/")("ical.js");

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
const text = (component, name) => component.getFirstPropertyValue(name) ?? "";
const seconds = (component, name) => component.getFirstPropertyValue(name).toUnixTime();

const events = calendar.getAllSubcomponents("vevent").map((event) => ({
  method: text(calendar, "method"),
  uid: text(event, "uid"),
  sequence: event.getFirstPropertyValue("sequence"),
  start: seconds(event, "dtstart"),
  end: seconds(event, "dtend"),
  stamp: seconds(event, "dtstamp"),
  status: text(event, "status"),
  privacy: text(event, "class"),
  busy: text(event, "x-microsoft-cdo-busystatus"),
  summary: text(event, "summary"),
  location: text(event, "location"),
  reminders: event
    .getAllSubcomponents("valarm")
    .map((alarm) => -alarm.getFirstPropertyValue("trigger").toSeconds() / 60),
}));
console.log(JSON.stringify(events));
