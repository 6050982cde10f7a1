// node europe_map.mjs OUTPUT: writes the countries of Europe as SVG paths, one line per country: "DE M1.0,2.0L...Z".
//
// Run once while building; its packages stay in the build folder. The projection is the one of report::html::project():
// Lambert azimuthal equal-area on a sphere, centre 10 E 52 N, so that a circle of one size means the same anywhere.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const packages = createRequire(join(process.cwd(), "package.json"));
const load = async (name) => import(packages.resolve(name));
const { geoAzimuthalEqualArea, geoPath } = await load("d3-geo");
const { feature } = await load("topojson-client");
const { presimplify, simplify } = await load("topojson-simplify");
const world = JSON.parse(readFileSync(packages.resolve("world-atlas/countries-50m.json"), "utf8"));

// The frame in pixels, as in src/report/html/projection.hpp.
const width = 680;
const height = 660;
const scale = 950;
const centre = [300, 350];
const fineness = 0.01; // square degrees: the smallest corner that stays

// ISO 3166-1 numeric to alpha-2, of those that the frame shows. Names are left out on purpose: they change.
const codes = {
  "008": "AL", "012": "DZ", "020": "AD", "031": "AZ", "040": "AT", "051": "AM", "056": "BE", "070": "BA", "100": "BG",
  "112": "BY", "191": "HR", "196": "CY", "203": "CZ", "208": "DK", "233": "EE", "234": "FO", "246": "FI", "248": "AX",
  "250": "FR", "268": "GE", "275": "PS", "276": "DE", "300": "GR", "304": "GL", "348": "HU", "352": "IS", "368": "IQ",
  "372": "IE", "376": "IL", "380": "IT", "400": "JO", "422": "LB", "428": "LV", "434": "LY", "438": "LI", "440": "LT",
  "442": "LU", "470": "MT", "492": "MC", "498": "MD", "499": "ME", "504": "MA", "528": "NL", "578": "NO", "616": "PL",
  "620": "PT", "642": "RO", "643": "RU", "674": "SM", "688": "RS", "703": "SK", "705": "SI", "724": "ES", "744": "SJ",
  "752": "SE", "756": "CH", "760": "SY", "788": "TN", "792": "TR", "804": "UA", "807": "MK", "818": "EG", "826": "GB",
  "831": "GG", "832": "JE", "833": "IM", "336": "VA", "682": "SA", "364": "IR", "398": "KZ",
};

const projection = geoAzimuthalEqualArea()
  .rotate([-10, -52])
  .scale(scale)
  .translate(centre)
  .clipExtent([[0, 0], [width, height]]);
const path = geoPath(projection).digits(1);

const topology = simplify(presimplify(world), fineness);
const lines = [];
for (const country of feature(topology, topology.objects.countries).features) {
  const drawn = path(country);
  if (drawn) lines.push(`${codes[country.id] ?? "--"} ${drawn}`);
}
lines.sort();
writeFileSync(process.argv[2], lines.join("\n") + "\n");
