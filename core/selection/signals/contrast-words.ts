/**
 * Everyday things that the embedded detector was not taught. The sentence encoder compares an unknown name with these as well as with those
 * that it was taught, because alone it finds "helicopter" much like an airplane.
 */
export const CONTRAST_WORDS =
  'airport, ant, aquarium, arrow, balcony, balloon, bandage, banknote, barbell, barn, barrel, barrier, basket, bathtub, battery, ' +
  'beach, beard, bee, beer, bell, belt, billboard, birdcage, bone, boot, box, boxing ring, bread, bridge, broom, bucket, building, ' +
  'bulldozer, bullet, bush, butter, butterfly, cable, cactus, calendar, camel, camera, campfire, candle, candy, cap, carpet, cash ' +
  'register, castle, ceiling, cemetery, chain, cheese, chessboard, chicken nugget, chimney, chocolate, church, cigarette, cloud, ' +
  'coat, coffee, coin, collar, cone, cookie, crab, crane truck arm, crate, crocodile, crosswalk, crown, cucumber, cursor, curtain, ' +
  'dam, dartboard, deer, desert, dice, dinosaur, dishwasher, doll, dolphin, door, dragon, dress, drill, drone, drum, dumbbell, ' +
  'dust, earring, egg, elevator, engine, envelope, escalator, excavator, explosion, eye, face, fan, faucet, feather, fence, fire, ' +
  'fish, flag, floor, flower, foot, forest, forklift, fountain, fox, frog, garage, ghost, glacier, glasses, globe, glove, goal, ' +
  'goat, goggles, gorilla, grape, grass, gravestone, guitar, gun, hair, hammer, hamster, hand, harbour, hat, hay, headphones, ' +
  'heater, helicopter, helmet, house, hurdle, ice, ice cream, ice rink, igloo, iron, jacket, jeans, jug, juice, kangaroo, kettle, ' +
  'key, ladder, lake, lamp, lamppost, lantern, leaf, leash, lemon, lid, light bulb, lighter, lighthouse, lighthouse beam, ' +
  'lightning, lion, lizard, llama, lock, logo, loudspeaker, manhole, mannequin, map, mask, match, medal, microphone, microscope, ' +
  'milk, mirror, monkey, moon, mop, mosque, mountain, mud, mushroom, napkin, necklace, nest, net, noodles, notepad app, ocean, ' +
  'octopus, onion, painting, palm tree, pan, paper, parachute, pasta, pen, pencil, pepper, piano, pier, pig, pineapple, plate, ' +
  'platform, playing card, plough, poster, pot, potato, pothole, pram, printer, projector, puzzle, pyramid, rabbit, ' +
  'radiator, railway, rainbow, rat, reflection, rice, ring, river, road, robot, rock, rocket, rollerblade, roof, rope, router, ' +
  'runway, saddle, salad, sand, satellite, saw, scarecrow, scarf, screwdriver, sculpture, seed, shadow, shark, shell, shield, ' +
  'shirt, shoe, shopping cart, shower, sign, silo, skeleton, skull, sled, slide, smoke, snake, snow, snowman, snowmobile, soap, ' +
  'sock, socket, soup, spider, spoonful, squirrel, staircase, stapler, star, statue, steak, steering wheel, stethoscope, straw, ' +
  'strawberry, street, streetlight, stroller, subtitle, sun, sunglasses, swimming pool, swing, sword, syringe, tablet, tank, ' +
  'tattoo, tea, telescope, tent, test tube, text, tiger, tire, tomato, tooth, torch, tornado, towel, tower, tractor, trampoline, ' +
  'tray, treadmill, tree, tripod, trophy, trousers, trumpet, tunnel, turtle, unicorn, vending machine, violin, volcano, wall, ' +
  'wallet, washing machine, watch, water, waterfall, watermelon, whale, wheel, wheelbarrow, whistle, whiteboard, windmill, window, ' +
  'windscreen, wolf, yoga mat'
