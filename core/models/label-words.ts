/**
 * Words for what the embedded detector knows (`coco-labels.ts`), besides the labels themselves: other names of one label, and
 * names of a kind that takes in several. Singular, comma after comma; plurals are found by rule. Only words that mean nothing
 * else are here: a phrase that might be something else is better not looked for than guessed.
 */

/** Other names, by label. */
export const SYNONYMS: Readonly<Record<string, string>> = {
  person:
    'man, woman, boy, girl, child, kid, baby, toddler, infant, teenager, adult, human, guy, lady, gentleman, ' +
    'pedestrian, passer-by, passerby, passersby, bystander, runner, jogger, cyclist, bicyclist, rider, driver, ' +
    'motorcyclist, passenger, worker, presenter, player, athlete, skier, snowboarder, surfer, ' +
    'skateboarder, swimmer, dancer, singer, musician, chef, waiter, waitress, teacher, student, doctor, ' +
    'nurse, farmer, soldier, policeman, policewoman, police officer, officer, firefighter, fireman, customer, ' +
    'shopper, spectator, viewer, visitor, tourist, crowd, individual, male, female, father, mother, ' +
    'son, daughter, brother, sister, friend, couple, dude, lass, boyfriend, ' +
    'teen, folk, guys, mum, goalkeeper, goalie, umpire, cheerleader, barista, vlogger, audience',
  bicycle: 'bike, mountain bike, pushbike',
  car: 'automobile, sedan, suv, hatchback, taxi, cab, limousine, station wagon, minivan, jeep, roadster',
  motorcycle: 'motorbike, motor bike, motor scooter, moped, dirt bike',
  airplane: 'aeroplane, plane, aircraft, jet, airliner, jetliner',
  bus: 'minibus, double-decker, school bus',
  train: 'locomotive, tram, streetcar, railcar',
  truck: 'lorry, pickup, pickup truck, pick-up, tow truck, fire engine, dump truck, semi-trailer',
  boat: 'ship, sailboat, sailing boat, yacht, canoe, kayak, ferry, rowboat, motorboat, speedboat, dinghy',
  'traffic light': 'stoplight, stop light, traffic signal',
  'fire hydrant': 'hydrant, fireplug',
  bench: 'park bench',
  bird:
    'pigeon, seagull, gull, duck, goose, swan, parrot, cockatoo, crow, eagle, owl, sparrow, hen, ' +
    'rooster, ' +
    'heron, ostrich, emu, peacock, jay, cuckoo',
  cat: 'kitten, kitty, house cat',
  dog: 'puppy, hound, retriever, poodle, terrier, labrador, husky, chihuahua, pooch, canine',
  horse: 'pony, foal, stallion, mare',
  sheep: 'lamb, ewe',
  cow: 'bull, ox, cattle',
  bear: 'polar bear, brown bear, grizzly, grizzly bear',
  backpack: 'rucksack, knapsack, schoolbag',
  umbrella: 'parasol',
  handbag: 'purse, shoulder bag, hand bag',
  tie: 'necktie, bow tie',
  suitcase: 'trolley case',
  frisbee: 'flying disc, flying disk',
  skis: 'ski',
  'sports ball': 'ball, football, soccer ball, basketball, tennis ball, volleyball, baseball, beach ball, rugby ball, softball',
  'baseball glove': 'baseball mitt, catcher’s mitt',
  skateboard: 'longboard',
  surfboard: 'surf board',
  'tennis racket': 'tennis racquet, racket, racquet',
  bottle: 'beer bottle, wine bottle, water bottle',
  'wine glass': 'wineglass, goblet, champagne glass, champagne flute',
  cup: 'mug, teacup, coffee cup, coffee mug, paper cup',
  knife: 'table knife, kitchen knife',
  spoon: 'teaspoon, tablespoon',
  bowl: 'mixing bowl, salad bowl',
  sandwich: 'burger, hamburger, cheeseburger, panini',
  orange: 'tangerine, mandarin, clementine',
  'hot dog': 'hotdog, frankfurter',
  donut: 'doughnut',
  cake: 'cupcake, birthday cake, wedding cake, layer cake, cheesecake',
  chair: 'armchair, stool, office chair, swivel chair, rocking chair',
  couch: 'sofa, settee, loveseat, futon',
  'potted plant': 'houseplant, house plant, pot plant, flower pot, flowerpot',
  bed: 'bunk bed',
  'dining table': 'table, kitchen table, dinner table',
  toilet: 'toilet bowl, lavatory',
  tv: 'television, tv set, television set, monitor, computer monitor, tv screen, telly',
  laptop: 'notebook computer, laptop computer, macbook',
  mouse: 'computer mouse',
  remote: 'remote control, tv remote',
  keyboard: 'computer keyboard',
  'cell phone': 'phone, smartphone, mobile phone, cellphone, iphone',
  microwave: 'microwave oven',
  oven: 'stove, cooker, range cooker',
  sink: 'washbasin, basin, kitchen sink',
  refrigerator: 'fridge, freezer',
  book: 'novel, textbook, notebook',
  clock: 'wall clock, alarm clock',
  scissors: 'shears',
  'teddy bear': 'teddy, stuffed bear',
  'hair drier': 'hair dryer, hairdryer, blow dryer',
}

/** Names of a kind, and the labels it takes in, the likeliest first. */
export const KINDS: Readonly<Record<string, string>> = {
  vehicle: 'car, truck, bus, motorcycle, bicycle, train, boat, airplane',
  'motor vehicle': 'car, truck, bus, motorcycle',
  van: 'car, truck, bus',
  animal: 'bird, cat, dog, horse, sheep, cow, elephant, bear, zebra, giraffe',
  pet: 'cat, dog, bird',
  livestock: 'cow, sheep, horse',
  bag: 'backpack, handbag, suitcase',
  luggage: 'suitcase, backpack, handbag',
  baggage: 'suitcase, backpack, handbag',
  fruit: 'banana, apple, orange',
  food: 'banana, apple, sandwich, orange, broccoli, carrot, hot dog, pizza, donut, cake',
  vegetable: 'broccoli, carrot',
  cutlery: 'fork, knife, spoon',
  silverware: 'fork, knife, spoon',
  furniture: 'chair, couch, bed, dining table, bench',
  appliance: 'microwave, oven, toaster, refrigerator',
}

/** Names of other things, though a known word is in them; more of them come from WordNet. */
export const OTHERS =
  'punching bag, punch bag, sleeping bag, tea bag, air bag, bean bag, garbage bag, ' +
  'mouse pad, mousepad, hot dog stand, river bed, toy car, toy train, toy truck, dog park, dog walk, cake stand, book shelf, bottle cap, ' +
  'cup holder, tv stand, phone case, laptop bag, laptop sleeve, chair leg, table leg, bird cage, horse trailer, boat trailer, boat ramp, ' +
  'bike rack, bike lane, bike path, bike helmet, bike trail, train track, train tracks, car wash, car key, car crash, ' +
  'umbrella stand, keyboard stand, airplane wing, plane crash, bear trap, fork lift, knife block, sink hole, clock hand'

/** The words of an entry. */
export const wordsOf = (list: string): string[] => list.split(', ')
